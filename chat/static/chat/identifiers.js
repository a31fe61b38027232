// What must not be typed into a conversation: personal codes, account and card numbers. The server masks by the same
// patterns where a text is kept for others (portal/core/privacy.py); here the resident is told while typing.
const parama = (window.parama = window.parama || {});

const PATTERNS = [
  ["account", /\bLT\d{2}(?: ?\d{4}){4}\b/i],
  ["account", /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b/],
  ["card", /\b(?:\d[ -]?){15,18}\d\b/],
  ["personal_code", /\b[1-6]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}\b/],
];

// The kind of identifier in `text`, as a key of the page's words; empty when there is none.
parama.identifierIn = (text) => {
  const found = PATTERNS.find(([, pattern]) => pattern.test(text));
  return found ? found[0] : "";
};

// Shows the warning beside a box for as long as the text needs it.
parama.warnWhileTyping = (box, warning, words) => {
  const look = () => {
    const kind = parama.identifierIn(box.value);
    if (kind) warning.querySelector("p").textContent = words[kind];
    warning.hidden = !kind;
  };
  box.addEventListener("input", look);
  look();
};

parama.words = () => JSON.parse(document.getElementById("words").textContent);
