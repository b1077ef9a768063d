'use strict';

// Before a form is sent: is the server there, is the session? When it has ended the password is asked
// for in place, and the save goes on by itself with everything that was typed.
window.sorb = window.sorb || {};
{
    const PATIENCE = 10_000; // milliseconds
    const place = document.querySelector('[data-sign-in-again]');
    const copy = (selector) => document.importNode(place.content.querySelector(selector), true);
    let words = null;
    let waiting = null;

    const say = (text) => {
        if (!words) {
            words = copy('[data-sending-words]');
            document.querySelector('.submit-row')?.prepend(words);
        }
        words.textContent = text;
    };

    const ask = async () => {
        const answer = await fetch(place.dataset.session, {
            headers: {Accept: 'application/json'}, signal: AbortSignal.timeout(PATIENCE),
        });
        if (!answer.ok) {
            throw new Error(`${answer.status}`);
        }
        return answer.json();
    };

    // A session that began elsewhere has a token of its own
    const renew = (token) => {
        for (const field of document.querySelectorAll('input[name=csrfmiddlewaretoken]')) {
            field.value = token;
        }
    };

    // Says so when the server can be reached again
    const wait = () => {
        if (waiting) {
            return;
        }
        const look = async () => {
            try {
                await ask();
            } catch {
                return;
            }
            clearInterval(waiting);
            waiting = null;
            window.removeEventListener('online', look);
            say(place.dataset.back);
        };
        waiting = setInterval(look, PATIENCE);
        window.addEventListener('online', look);
    };

    const formOf = (page) => page.querySelector('input[type=password]')?.form ||
        Array.from(page.querySelectorAll('main form, #content form')).find(
            (form) => form.querySelector('input:not([type=hidden])'),
        );

    // The sign-in as the server asks for it: its form stays unseen, what it asks for is shown
    class SignIn {
        constructor(resolve) {
            this.resolve = resolve;
            this.dialog = copy('dialog');
            this.fields = this.dialog.querySelector('[data-sign-in-fields]');
            this.dialog.querySelector('form').addEventListener('submit', (event) => {
                event.preventDefault();
                this.send();
            });
            this.dialog.querySelector('[data-sign-in-cancel]')
                .addEventListener('click', () => this.dialog.close());
            this.dialog.addEventListener('close', () => this.finish(null));
            document.body.append(this.dialog);
            this.dialog.showModal();
            const next = encodeURIComponent(place.dataset.session);
            this.fetch(`${place.dataset.login}?next=${next}`);
        }

        error(text) {
            this.dialog.querySelector('[data-sign-in-error]').textContent = text;
        }

        finish(session) {
            this.dialog.remove();
            this.resolve(session);
        }

        async fetch(address, body) {
            try {
                await this.read(await fetch(address, {
                    method: body ? 'POST' : 'GET', body, signal: AbortSignal.timeout(PATIENCE),
                }));
            } catch {
                this.error(place.dataset.noNetwork);
            }
        }

        async read(answer) {
            if (answer.status === 429) {
                const seconds = Number(answer.headers.get('Retry-After'));
                this.error(seconds ?
                    place.dataset.tooOften.replace('{age}', sorb.age(seconds / 60)) :
                    place.dataset.later);
                return;
            }
            if (answer.headers.get('Content-Type')?.startsWith('application/json')) {
                const session = await answer.json();
                if (session.signed_in) {
                    this.finish(session);
                } else if (session.step) { // the password was right
                    this.isSent = false;
                    await this.read(await fetch(session.step));
                } else {
                    this.error(place.dataset.elsewhere);
                }
                return;
            }
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            const form = formOf(page);
            if (form) {
                this.ask(form, answer);
                const told = page.querySelector('.errornote, .errorlist')?.textContent.trim();
                this.error(told || (this.isSent ? place.dataset.refused : ''));
            } else {
                this.error(answer.ok ? place.dataset.elsewhere : place.dataset.noServer);
            }
        }

        // The name is known; the password and a second factor's code are asked for
        ask(form, answer) {
            this.form = form;
            this.address = new URL(form.getAttribute('action') || '', answer.url);
            const asked = Array.from(form.querySelectorAll('input')).filter((input) =>
                !['hidden', 'submit', 'button', 'checkbox'].includes(input.type) &&
                input.name && input.name !== 'username');
            this.fields.replaceChildren(...asked.map((input) => this.field(form, input)));
            this.fields.querySelector('input')?.focus();
        }

        field(form, input) {
            const made = copy('[data-sign-in-field]');
            const label = form.querySelector(`label[for="${input.id}"]`);
            const shown = made.querySelector('input');
            shown.id = `sign-in-again-${input.name}`;
            shown.name = input.name;
            shown.type = input.type;
            shown.autocomplete = input.type === 'password' ? 'current-password' : 'one-time-code';
            made.querySelector('label').htmlFor = shown.id;
            made.querySelector('label').textContent = label?.textContent.trim() || input.name;
            return made;
        }

        async send() {
            if (!this.form) { // another step was done in another tab
                try {
                    const session = await ask();
                    if (session.signed_in) {
                        this.finish(session);
                    }
                } catch {
                    this.error(place.dataset.noNetwork);
                }
                return;
            }
            const body = new FormData(this.form);
            if (body.has('username')) {
                body.set('username', place.dataset.userName);
            }
            for (const input of this.fields.querySelectorAll('input')) {
                body.set(input.name, input.value);
            }
            this.isSent = true;
            await this.fetch(this.address, body);
        }
    }

    const signIn = () => new Promise((resolve) => new SignIn(resolve));

    // Signed in as the one whose form this is, if need be by asking for the password
    const session = async () => {
        let answer = await ask();
        if (!answer.signed_in) {
            answer = await signIn();
            if (answer) {
                answer = await ask(); // the token of the new session
                window.dispatchEvent(new Event('sorb:signed-in'));
            }
        }
        if (!answer?.signed_in) {
            say(place.dataset.notSignedIn);
            return false;
        }
        if (String(answer.user) !== place.dataset.user) {
            say(place.dataset.another);
            return false;
        }
        renew(answer.csrf_token);
        return true;
    };

    sorb.readyToSend = async () => {
        window.dispatchEvent(new Event('sorb:keep'));
        say('');
        try {
            return await session();
        } catch (error) {
            say(error.message.match(/^5/) ? place.dataset.noServer : place.dataset.noNetwork);
            wait();
            return false;
        }
    };

    // Files go through the same door, all those that are dropped together by one question
    if (place && sorb.upload) {
        const {upload} = sorb;
        let asking = null;
        sorb.upload = async (...args) => {
            asking ??= session().catch(() => false).finally(() => setTimeout(() => {
                asking = null;
            }, 1000));
            await asking;
            return upload(...args);
        };
    }
}
