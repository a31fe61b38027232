// Leaving quickly: nothing stays on the screen, in the tab's storage or one step back. Without this it is a link.
for (const link of document.querySelectorAll("[data-leave-chat]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "…";
    try {
      sessionStorage.clear();
    } catch (forbidden) {
      // Then nothing was kept there.
    }
    location.replace(link.href);
  });
}
