/* The wallboard renews itself while somebody looks at it; without this the page is simply loaded again. */
const board = document.querySelector("[data-board]");
async function renew() {
  if (document.hidden || board.contains(document.activeElement)) return;
  try {
    const answer = await fetch(board.dataset.board, { redirect: "error" });
    if (answer.ok) board.innerHTML = await answer.text();
  } catch (offline) {
    // The next time tries again.
  }
}
setInterval(renew, 3000);
