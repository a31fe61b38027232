// While a person is written down: who may be the same, asked a moment after the typing stops.
const place = document.getElementById("alike");
const form = place ? place.closest("form") : null;
let waiting = 0;
let asked = 0;

async function look() {
  const mine = ++asked;
  const sent = new FormData();
  for (const name of ["csrfmiddlewaretoken", "name", "code", "phone", "birth_date"]) sent.append(name, form.elements[name].value);
  try {
    const answer = await fetch(place.dataset.url, { method: "POST", body: sent, credentials: "same-origin" });
    if (answer.ok && mine === asked) place.innerHTML = await answer.text();
  } catch (away) {
    // Without an answer the page asks once more when the form is sent.
  }
}

if (form) form.addEventListener("input", (event) => {
  if (!["name", "code", "phone", "birth_date"].includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 350);
});
