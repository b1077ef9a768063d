'use strict';

// Files chosen in a form, kept in this browser from the choice until the save is acknowledged: no
// page can say again which file a field held. Keys: <user>|<token of the form>|<name of the field>.
window.sorb = window.sorb || {};
{
    const STORE = 'files';
    const DAY = 24 * 60 * 60 * 1000; // milliseconds

    const opened = () => new Promise((resolve, reject) => {
        const request = window.indexedDB.open('sorb-files', 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });

    // What the store answers; nothing where this browser stores nothing, as in private windows
    const asked = async (mode, question) => {
        try {
            const database = await opened();
            const transaction = database.transaction(STORE, mode);
            const request = question(transaction.objectStore(STORE));
            await new Promise((resolve, reject) => {
                transaction.oncomplete = resolve;
                transaction.onabort = () => reject(transaction.error);
            });
            database.close();
            return request.result;
        } catch {
            return undefined;
        }
    };

    const keyOf = (user, token, name) => [user, token, name].join('|');
    const remove = (key) => asked('readwrite', (store) => store.delete(key));

    const keep = (user, token, {name, files}) => {
        const key = keyOf(user, token, name);
        const piece = {files: Array.from(files), at: Date.now()};
        return files.length ? asked('readwrite', (store) => store.put(piece, key)) : remove(key);
    };

    const putBack = async (input, user, token) => {
        const key = keyOf(user, token, input.name);
        const piece = await asked('readonly', (store) => store.get(key));
        if (piece && !input.files.length) {
            const chosen = new DataTransfer();
            piece.files.forEach((file) => chosen.items.add(file));
            input.files = chosen.files;
            input.dispatchEvent(new Event('change', {bubbles: true}));
        }
    };

    const inputsOf = (form) => form.querySelectorAll('input[type=file][name]');

    const removeWhere = async (isOver) => {
        const keys = await asked('readonly', (store) => store.getAllKeys()) || [];
        await Promise.all(keys.filter((key) => isOver(...key.split('|'))).map(remove));
    };

    const removeOld = async (user) => {
        const keys = await asked('readonly', (store) => store.getAllKeys()) || [];
        for (const key of keys) {
            const piece = await asked('readonly', (store) => store.get(key));
            if (!key.startsWith(`${user}|`) || !piece || Date.now() - piece.at > DAY) {
                await remove(key);
            }
        }
    };

    sorb.files = {
        clear: () => asked('readwrite', (store) => store.clear()),
        putBack: (form, user, token) => Promise.all(
            Array.from(inputsOf(form), (input) => putBack(input, user, token)),
        ),
        removeOld,
        removeTokens: (tokens) => removeWhere((_user, token) => tokens.includes(token)),
        // `tokenNow` says under which token the form stands when a file is chosen
        watch: (form, user, tokenNow) => {
            for (const input of inputsOf(form)) {
                input.addEventListener('change', () => keep(user, tokenNow(), input));
            }
        },
    };
}
