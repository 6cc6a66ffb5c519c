// An expression is looked at while it is typed. Without this it is looked at when it is saved.
const form = document.querySelector("form[data-check]");
const PAUSE = 400;

function watch(field) {
  const told = document.getElementById("loi-" + field.name);
  const ahead = document.getElementById("sau-" + field.name);
  let timer = 0;
  let turn = 0;
  let isOwed = false;
  const ask = () => {
    // while a list is open the expression is not finished
    isOwed = field.getAttribute("aria-expanded") === "true";
    if (isOwed) return;
    const mine = ++turn;
    const body = new URLSearchParams({
      _csrf: form.elements._csrf.value,
      at: form.elements.at.value,
      property: field.dataset.property || field.name,
      text: field.value,
    });
    fetch(form.dataset.check, { method: "POST", body })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((answer) => {
        // an earlier answer that comes late says nothing about what stands there now
        if (!answer || mine !== turn) return;
        told.textContent = answer.wrong || "";
        if (ahead) ahead.textContent = answer.ahead || "";
        field.setAttribute("aria-invalid", answer.wrong ? "true" : "false");
      }, () => {});
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", () => { if (isOwed) ask(); });
}

if (form) form.querySelectorAll("[data-rule]").forEach(watch);
