// The first question: while it is written the best answers are shown beside it, and identifiers are warned about.
const parama = window.parama;
const form = document.getElementById("question");
const box = form.elements.text;
const answers = document.getElementById("answers");
const PAUSE = 800;
const SHORTEST = 8;
let timer = 0;
let asked = box.value.trim();

for (const element of document.querySelectorAll("[data-no-script]")) element.hidden = true;
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();
const forgetDraft = parama.keepDraft(box, "start");
form.addEventListener("submit", forgetDraft);
parama.warnWhileTyping(box, document.getElementById("warning"), parama.words());

const leave = document.getElementById("leave");
const show = (part) => {
  answers.innerHTML = part;
  if (answers.querySelector("[data-crisis]")) leave.hidden = false;
};
async function look() {
  const text = box.value.trim();
  if (text === asked || text.length < SHORTEST) return;
  asked = text;
  const body = new FormData();
  body.set("text", text);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.answers, { method: "POST", body });
    if (answer.ok && asked === text) show(await answer.text());
  } catch (offline) {
    // The question can be sent all the same.
  }
}
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
