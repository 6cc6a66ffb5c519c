// A list of choices has always an empty line at its end. Without this a save adds two.
document.querySelectorAll("#cau .choices-edit").forEach((list) => {
  list.addEventListener("input", () => {
    const last = list.lastElementChild;
    const isEmpty = Array.from(last.querySelectorAll("input.field")).every((field) => !field.value);
    const code = last.querySelector("input.code");
    if (isEmpty || !code || code.readOnly) return;
    const line = last.cloneNode(true);
    line.querySelectorAll("input").forEach((field) => {
      if (field.type === "checkbox") {
        field.checked = false;
        field.value = String(list.children.length);
      } else field.value = "";
      const label = field.getAttribute("aria-label");
      if (label) field.setAttribute("aria-label", label.replace(String(list.children.length), String(list.children.length + 1)));
    });
    list.appendChild(line);
  });
});
