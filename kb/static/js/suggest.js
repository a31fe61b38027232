// Suggestions while typing: a combobox over the plain search form, which works the same without it.

const WAIT = 250;

for (const place of document.querySelectorAll("[data-suggest]")) {
  const field = place.querySelector("input[type=search]");
  if (field && field.form) attach(place, field);
}

function attach(place, field) {
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = `${field.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  const label = place.querySelector("label");
  if (label) list.setAttribute("aria-label", label.textContent);
  (place.matches(".search") ? place : place.querySelector(".search") || place).append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);

  let timer = 0;
  let asked = "";
  let chosen = -1;

  function close() {
    clearTimeout(timer);
    list.hidden = true;
    list.replaceChildren();
    choose(-1);
    field.setAttribute("aria-expanded", "false");
  }

  function choose(at) {
    chosen = at;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function take(at) {
    field.value = list.children[at].dataset.text;
    close();
    field.form.submit();
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((one, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.dataset.text = one.text;
      const text = document.createElement("span");
      text.textContent = one.text;
      const kind = document.createElement("span");
      kind.className = "suggest__kind";
      kind.textContent = one.label;
      option.append(text, kind);
      return option;
    }));
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(suggestions.length > 0));
    choose(-1);
  }

  async function ask() {
    asked = field.value;
    try {
      const answer = await fetch(`${place.dataset.suggest}?q=${encodeURIComponent(asked)}`);
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      // Whoever typed on, or went away, does not want this list any more.
      if (field.value === asked && document.activeElement === field) show(suggestions);
    } catch {
      close();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < 2) close();
    else timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const size = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && size) {
      event.preventDefault();
      choose((chosen + 1) % size);
    } else if (event.key === "ArrowUp" && size) {
      event.preventDefault();
      choose(chosen <= 0 ? size - 1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(chosen);
    }
  });
  field.addEventListener("blur", close);
  // The press on an option must not take the focus from the field before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take([...list.children].indexOf(option));
  });
}
