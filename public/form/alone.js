// “None of these” (data-alone) goes with no other choice of its question: ticking the one unticks the others.
document.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked) return;
  for (const other of target.form.querySelectorAll(`[name="${target.name}"]`)) {
    if (other !== target && (other.dataset.alone === "" || target.dataset.alone === "")) other.checked = false;
  }
}, true);
