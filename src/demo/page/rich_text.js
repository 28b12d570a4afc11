// Text with entities as DOM nodes. Data only ever becomes text nodes and checked link addresses.

const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);
const ELEMENTS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/** `actions` has `command(text)`, called for a tapped command, and `labels.spoiler`. */
export function richText(text, entities, actions) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, ordered, actions);
  return fragment;
}

/** The address if a browser may open it, else nothing: `javascript:` and `tg:` stay plain text. */
export function openable(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url : null;
}

/** The command that a deep link to a bot stands for, else nothing. */
export function deepLinkCommand(address) {
  const url = openable(address);
  const payload = url?.hostname === 't.me' ? url.searchParams.get('start') : null;
  return payload === null ? null : `/start ${payload}`.trim();
}

export function link(address, actions) {
  const url = openable(address);
  if (!url) return document.createElement('span');
  const command = actions.deepLinks ? deepLinkCommand(address) : null;
  if (command) return commandButton(command, actions);
  const anchor = document.createElement('a');
  anchor.href = url.href;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  return anchor;
}

function fill(parent, text, from, to, entities, actions) {
  let position = from;
  let index = 0;
  let afterBlock = false;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (start >= end) continue;
    const block = BLOCKS.has(entity.type);
    parent.append(between(text.slice(position, start), afterBlock, block));
    const inner = [];
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    const node = wrapper(entity, text.slice(start, end), actions);
    fill(node, text, start, end, inner, actions);
    parent.append(node);
    position = end;
    afterBlock = block;
  }
  parent.append(between(text.slice(position, to), afterBlock, false));
}

/** A block begins and ends a line by itself, so the line break beside it is not shown twice. */
function between(text, afterBlock, beforeBlock) {
  const rest = afterBlock ? text.replace(/^\n/, '') : text;
  return beforeBlock ? rest.replace(/\n$/, '') : rest;
}

function wrapper(entity, inside, actions) {
  switch (entity.type) {
    case 'pre':
      return pre();
    case 'text_link':
      return link(entity.url ?? '', actions);
    case 'url':
      return link(inside.includes('://') ? inside : `https://${inside}`, actions);
    case 'bot_command':
      return commandButton(inside, actions);
    case 'spoiler':
      return spoiler(actions);
    case 'mention':
    case 'text_mention':
      return Object.assign(document.createElement('span'), { className: 'mention' });
    default:
      return document.createElement(ELEMENTS[entity.type] ?? 'span');
  }
}

function pre() {
  const node = document.createElement('pre');
  // A wide table scrolls, and the keyboard must reach it.
  node.tabIndex = 0;
  return node;
}

function commandButton(command, actions) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'command' });
  button.dataset.command = command;
  button.addEventListener('click', () => actions.command(command));
  return button;
}

function spoiler(actions) {
  const node = Object.assign(document.createElement('span'), { className: 'spoiler', tabIndex: 0 });
  node.role = 'button';
  node.ariaLabel = actions.labels.spoiler;
  const reveal = () => {
    node.classList.add('revealed');
    node.removeAttribute('role');
    node.removeAttribute('tabindex');
    node.removeAttribute('aria-label');
  };
  node.addEventListener('click', reveal);
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    reveal();
  });
  return node;
}
