// Search before you write: while a question is being typed in the editor, answers that come near are listed below it.
const PAUSE = 500;
const form = document.querySelector('form[action*="/snippets/kb/article/"]');

function listed(data) {
  const box = document.createElement("div");
  box.className = "kw kw__box";
  box.setAttribute("role", "status");
  const title = document.createElement("p");
  title.textContent = data.title;
  const list = document.createElement("ul");
  for (const answer of data.answers) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = answer.url;
    link.lang = answer.language;
    link.target = "_blank";
    link.textContent = answer.title;
    item.append(link, ` ${answer.code} · ${answer.state}`);
    list.append(item);
  }
  box.append(title, list);
  return box;
}

function watch(field, language, code) {
  let timer = 0;
  let last = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const words = field.value.trim();
      if (words.length < 6 || words === last) return;
      last = words;
      const query = new URLSearchParams({ q: words, language, besides: code ? code.value : "" });
      const answer = await fetch(`/cms/knowledge/near/?${query}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || words !== last) return;
      const data = await answer.json();
      field.parentElement.querySelectorAll(".kw__box").forEach((box) => box.remove());
      if (data.answers.length) field.parentElement.append(listed(data));
    }, PAUSE);
  });
}

if (form) {
  const code = form.querySelector("#id_code");
  for (const language of ["lt", "ru", "en", "uk"]) {
    const field = form.querySelector(`#id_title_${language}`);
    if (field) watch(field, language, code);
  }
}
