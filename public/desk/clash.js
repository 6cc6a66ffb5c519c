// Both versions of what two people changed, in the place where one of them was typing: the page that the server has for it, without
// leaving this one.
export function clash(html, place, choices) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const both = page.querySelector(".clash");
  const revision = both.querySelector("[name=revision]").value;
  const box = document.createElement("section");
  box.className = "flash warn both";
  box.setAttribute("role", "alert");
  const inside = document.createElement("div");
  box.appendChild(inside);
  const why = page.querySelector(".head p");
  [page.querySelector("h1"), why].forEach((part) => {
    const line = document.createElement("p");
    line.textContent = part.textContent;
    if (part !== why) line.className = "big";
    inside.appendChild(line);
  });
  inside.appendChild(document.importNode(both, true));
  // what is the same in both needs no choice
  inside.querySelectorAll("tbody tr").forEach((row) => { if (!row.querySelector("mark")) row.remove(); });
  const mine = box.querySelector("form");
  const end = () => {
    box.remove();
    place.hidden = place.id === "chua-luu";
  };
  mine.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    end();
    choices.mine(revision);
  });
  mine.parentElement.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    end();
    choices.theirs();
  });
  place.querySelectorAll(".both").forEach((old) => old.remove());
  place.appendChild(box);
  place.hidden = false;
}
