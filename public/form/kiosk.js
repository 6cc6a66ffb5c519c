// A device for everybody: whoever goes away leaves nothing behind. After a while without a touch it asks whether somebody is
// still there; without an answer the form is given up and the start page comes.

const IDLE = 90;
const IDLE_AFTER_SENDING = 20;
const COUNTDOWN = 30;

const box = document.getElementById("may-chung");
const form = box.dataset.form;
const digits = box.querySelector(".digits");
const idle = document.querySelector("form") ? IDLE : IDLE_AFTER_SENDING;
// the start page waits for the next person: only what somebody began to type or to read there is put away
const rests = "rests" in box.dataset;
let touched = !rests;
let quiet = 0;

function leave() {
  const home = () => location.replace(box.dataset.home);
  if (!form) return home();
  const body = new URLSearchParams({ _di: "xoa", _may: document.querySelector("[name=_may]").value });
  // a form that could not be given up now is forgotten when the next one is begun
  fetch(form, { method: "POST", body, redirect: "manual" }).then(home, home);
}

setInterval(() => {
  if (!touched) return;
  quiet++;
  const left = idle + COUNTDOWN - quiet;
  if (box.hidden && quiet >= idle) {
    box.hidden = false;
    box.scrollIntoView({ block: "center" });
    box.querySelector("button").focus({ preventScroll: true });
  }
  digits.textContent = left;
  if (left === 0) leave();
}, 1000);

for (const sign of ["pointerdown", "touchstart", "keydown", "input", "wheel"])
  document.addEventListener(sign, () => {
    quiet = 0;
    touched = true;
    box.hidden = true;
  });
// Back must not show what somebody else has seen
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
