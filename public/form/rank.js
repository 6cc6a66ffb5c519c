// A rank without its drop-down lists: tap in order, tap again to take out. The lists stay underneath and carry the answer.

for (const box of document.querySelectorAll(".rank")) {
  const lists = Array.from(box.querySelectorAll("select"));
  const said = document.createElement("p");
  const tap = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  tap.className = "hint";
  tap.textContent = box.dataset.tap;
  const order = () => lists.map((list) => list.value).filter(Boolean);

  const buttons = Array.from(lists[0].options).slice(1).map((option) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "row";
    button.value = option.value;
    button.innerHTML = "<b></b> <span></span>";
    button.lastChild.textContent = option.text;
    button.onclick = () => {
      const codes = order();
      const at = codes.indexOf(option.value);
      if (at >= 0) codes.splice(at, 1);
      else if (codes.length < lists.length) codes.push(option.value);
      else return say(box.dataset.full);
      lists.forEach((list, i) => (list.value = codes[i] || ""));
      show();
      lists[0].dispatchEvent(new Event("change", { bubbles: true }));
      say(at >= 0 ? `${option.text}: ${box.dataset.taken}` : `${option.text}: ${box.dataset.put} ${codes.length}`);
    };
    return button;
  });

  const say = (text) => {
    said.textContent = text;
    said.className = text === box.dataset.full ? "hint" : "vh";
  };

  const show = () => {
    const codes = order();
    for (const button of buttons) {
      const at = codes.indexOf(button.value) + 1;
      button.setAttribute("aria-pressed", at > 0);
      button.firstChild.textContent = at || "";
    }
  };

  for (const part of box.children) part.hidden = true;
  box.append(tap, ...buttons, said);
  show();
}
