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

// Lines of an expandable quote that are shown until it is unfolded; shorter ones have nothing to unfold.
const FOLDED_LINES = 3;

/**
 * `actions` has `command(text)` and `copy(text)`, called for a tapped command and for tapped code, `locale`, and of
 * `labels` those of spoilers, quotes and code.
 */
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
    // An instant is worded by whoever shows it.
    if (node.textContent === '') fill(node.querySelector('.folding') ?? node, text, start, end, inner, actions);
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
    case 'expandable_blockquote':
      return expandable(inside, actions);
    case 'code':
      return code(inside, actions);
    case 'date_time':
      return moment(entity, actions);
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

/** A quote that shows its first lines until it is pressed. */
function expandable(inside, actions) {
  const node = document.createElement('blockquote');
  if (inside.split('\n').length <= FOLDED_LINES && inside.length < 160) return node;
  node.className = 'expandable';
  const folding = Object.assign(document.createElement('div'), { className: 'folding' });
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'fold' });
  const show = (open) => {
    node.toggleAttribute('data-open', open);
    button.ariaExpanded = String(open);
    button.ariaLabel = button.title = open ? actions.labels.fold : actions.labels.unfold;
  };
  show(false);
  node.append(folding, button);
  node.addEventListener('click', (event) => {
    const pressed = event.target.closest('button, a, code');
    if (pressed && pressed !== button) return;
    if (document.getSelection().isCollapsed) show(!node.hasAttribute('data-open'));
  });
  return node;
}

/** Telegram's apps copy it at a tap. */
function code(inside, actions) {
  const node = Object.assign(document.createElement('code'), { title: actions.labels.copy });
  node.addEventListener('click', () => actions.copy(inside));
  return node;
}

// The units of "5 minutes ago", the largest first, in seconds.
const UNITS = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60]];
// What the letters of a format stand for.
const PARTS = {
  w: { weekday: 'short' },
  d: { day: '2-digit', month: '2-digit', year: '2-digit' },
  D: { day: 'numeric', month: 'long', year: 'numeric' },
  t: { hour: '2-digit', minute: '2-digit' },
  T: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** An instant as an app words it, in its reader's language and time zone. */
function moment({ unix, format }, { locale }) {
  const at = new Date(unix * 1000);
  const node = document.createElement('time');
  node.dateTime = at.toISOString();
  node.title = at.toLocaleString(locale);
  if (format === 'r') {
    node.textContent = ago(unix, locale);
    keepTelling(node, unix, locale);
  } else if (format) {
    const parts = Object.assign({ hour12: false }, ...[...format].map((letter) => PARTS[letter]));
    node.textContent = at.toLocaleString(locale, parts);
  }
  return node;
}

function ago(unix, locale) {
  const passed = unix - Date.now() / 1000;
  const [unit, seconds] = UNITS.find(([, seconds]) => Math.abs(passed) >= seconds) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(passed / seconds), unit);
}

function keepTelling(node, unix, locale) {
  const timer = setInterval(() => {
    if (node.isConnected) node.textContent = ago(unix, locale);
    else clearInterval(timer);
  }, 30_000);
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
