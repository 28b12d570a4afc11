// What the page asks of its server. A refusal is an `Error` whose message is the code of the reason.

/** `topic` is where to write in a group that has topics. */
export function say(pane, person, text, replyTo, topic) {
  return post('/act/say', { pane, person, text, reply_to: replyTo, topic });
}

export function edit(pane, person, message, text) {
  return post('/act/edit', { pane, person, message, text });
}

/** Resolves to the id of the press, which the bot's answer will name. */
export async function tap(pane, person, message, label) {
  const { callback } = await post('/act/tap', { pane, person, message, label });
  return callback;
}

export function choose(pane, person, label, people) {
  return post('/act/choose', { pane, person, label, people });
}

export function sendFile(pane, person, file, caption, replyTo, topic) {
  const form = new FormData();
  form.append('pane', pane);
  form.append('person', person);
  form.append('caption', caption);
  if (replyTo !== null) form.append('reply_to', replyTo);
  if (topic !== null) form.append('topic', topic);
  form.append('file', file, file.name);
  return request('/act/send', { body: form });
}

export function block(pane, person) {
  return post('/act/block', { pane, person });
}

export function unblock(pane, person) {
  return post('/act/unblock', { pane, person });
}

/** Calls `onState` for each state and `onConnection` with `live` or `lost`. */
export function follow(onState, onConnection) {
  const source = new EventSource('/events');
  source.addEventListener('open', () => onConnection('live'));
  source.addEventListener('state', (event) => onState(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    onConnection('lost');
    // The browser gives up for good after a refusal, so the page asks again itself.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => follow(onState, onConnection), 2000);
  });
}

function post(path, body) {
  return request(path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, { method: 'POST', ...options });
  } catch {
    throw new Error('unreachable');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? 'refused');
  return answer;
}
