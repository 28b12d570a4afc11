// A picture as large as the window.

const dialog = document.querySelector('.viewer');

dialog.addEventListener('click', (event) => {
  if (event.target.localName !== 'a') dialog.close();
});

/** Shows a photo until it is clicked or Escape is pressed. `words` are the alternative text of the picture. */
export function enlarge({ photo, protected: kept }, words, texts) {
  const image = dialog.querySelector('img');
  image.src = photo.src;
  image.alt = words;
  dialog.querySelector('a').href = photo.href;
  dialog.querySelector('a').hidden = kept;
  dialog.querySelector('a').textContent = texts.savePhoto;
  dialog.querySelector('button').textContent = texts.close;
  dialog.ariaLabel = texts.photo;
  dialog.showModal();
}
