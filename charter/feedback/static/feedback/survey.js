// Questions that depend on an answer of the same page appear as soon as it is given. Without this the server shows them.

const form = document.querySelector("[data-survey]");

function given(question) {
  const chosen = [...form.querySelectorAll(`[name="q-${question}"]`)].filter(
    (field) => !field.disabled && (field.type === "hidden" || field.checked),
  );
  return new Set(chosen.map((field) => field.value));
}

function holds(rule) {
  return rule.split(";").every((part) => {
    const [question, values] = part.split("=");
    const chosen = given(question);
    return values.split("|").some((value) => chosen.has(value));
  });
}

function look() {
  for (const place of form.querySelectorAll("[data-if]")) {
    const shows = holds(place.dataset.if);
    place.hidden = !shows;
    if (place.matches(".survey__part")) continue;
    for (const field of place.querySelectorAll("input, textarea")) field.disabled = !shows;
  }
}

if (form) {
  form.addEventListener("change", look);
  look();
}
