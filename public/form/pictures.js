// Pictures are sent as soon as they are chosen, made small where the browser can do that, and again when the network is
// back. Without this they are sent whole by a button, with a page of its own for the answer.

const LARGEST = 12 * 1024 * 1024;
/** Smaller files are sent as they are. */
const SMALL = 400 * 1024;
/** Larger files are not opened: an old telephone has no room for them. */
const HUGE = 40 * 1024 * 1024;
/** The longest side that the server keeps. */
const SIDE = 1600;
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30000;

const form = document.querySelector("form");
let waiting = 0;

/** The buttons do at once what they would do by a page of their own. */
function ready(field) {
  for (const button of field.querySelectorAll("[data-add]")) button.hidden = true;
  for (const button of field.querySelectorAll("button[name=_bo]")) button.type = "button";
}

/** The picture as small as the server will make it. Browsers that do not turn it upright by themselves would lose how. */
function small(file) {
  const able = window.CSS && CSS.supports("image-orientation", "from-image") && HTMLCanvasElement.prototype.toBlob;
  if (!able || file.size < SMALL || file.size > HUGE) return Promise.resolve(file);
  return new Promise((done) => {
    const image = new Image();
    const reader = new FileReader();
    // what it cannot read, the server may; or says why not
    reader.onerror = image.onerror = () => done(file);
    reader.onload = () => (image.src = reader.result);
    image.onload = () => {
      const [width, height] = [image.naturalWidth, image.naturalHeight];
      const scale = Math.min(1, SIDE / Math.max(width, height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
      const brush = canvas.getContext("2d");
      brush.fillStyle = "#fff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((jpeg) => done(jpeg && jpeg.size < file.size ? jpeg : file), "image/jpeg", 0.85);
    };
    reader.readAsDataURL(file);
  });
}

/** Sends something about one question; its place on the page shows how it goes and then what the server made of it. */
function send(field, address, fill) {
  const notice = field.querySelector("[role=status]");
  const say = (text) => {
    notice.textContent = text;
    notice.hidden = false;
  };
  let pause = FIRST_PAUSE;
  waiting++;
  const attempt = () => {
    const body = new FormData();
    for (const name of ["_may", "_lang"]) body.append(name, form.elements[name].value);
    fill(body);
    const request = new XMLHttpRequest();
    request.open("POST", address + "&manh=1");
    say(notice.dataset.sending);
    request.upload.onprogress = (sent) => {
      if (sent.lengthComputable) say(notice.dataset.sending + " " + Math.round((sent.loaded / sent.total) * 100) + "%");
    };
    request.onerror = again;
    request.onload = () => {
      if (request.status >= 500 || request.status === 429) return again();
      waiting--;
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const fresh = page.getElementById(field.id);
      // sent, given up or forgotten meanwhile: the page says which
      if (!fresh) return location.reload();
      field.className = fresh.className;
      field.innerHTML = fresh.innerHTML;
      ready(field);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      const next = field.querySelector(".error, input[type=file], button[name=_bo]");
      if (next) {
        if (next.className === "error") next.tabIndex = -1;
        next.focus();
      }
    };
    request.send(body);
  };
  const again = () => {
    say(notice.dataset.waiting);
    let timer = 0;
    const retry = () => {
      clearTimeout(timer);
      window.removeEventListener("online", retry);
      attempt();
    };
    timer = setTimeout(retry, pause);
    window.addEventListener("online", retry);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
  attempt();
}

form.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file" || !input.files[0]) return;
  const field = input.closest("fieldset");
  const notice = field.querySelector("[role=status]");
  input.disabled = true;
  small(input.files[0]).then((file) => {
    if (file.size <= LARGEST) {
      send(field, field.querySelector("[data-add]").formAction, (body) => body.append(input.name, file, "anh"));
      return;
    }
    input.disabled = false;
    input.value = "";
    notice.textContent = notice.dataset.large;
    notice.hidden = false;
  });
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=_bo]");
  if (!button) return;
  event.preventDefault();
  button.disabled = true;
  send(button.closest("fieldset"), button.formAction, (body) => body.append("_bo", button.value));
});
// Enter in a field leads on, and as the large button does
const first = form.querySelector("input[name=_di]");
if (first) {
  first.onclick = (event) => {
    event.preventDefault();
    form.querySelector("button[name=_di]").click();
  };
}
// a picture under way would be lost
window.addEventListener("beforeunload", (event) => {
  if (waiting) {
    event.preventDefault();
    event.returnValue = "";
  }
});
ready(form);
