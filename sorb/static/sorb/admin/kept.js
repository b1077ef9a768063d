'use strict';

// Unsaved work kept in this browser: a piece for each form that is open or was closed unsaved, under
// sorb.kept.<user>.<item>.<token of the form>. On every page of the admin: what was really saved
// goes, what another user left goes, and everything goes when its user signs out.
window.sorb = window.sorb || {};
{
    const PREFIX = 'sorb.kept.';
    const SIGNED_OUT = 'sorb.signed-out';

    // Browsers may forbid the very question
    const storage = () => {
        try {
            return window.localStorage;
        } catch {
            return null;
        }
    };

    const names = (beginning) => {
        const kept = storage();
        const all = kept ? Array.from({length: kept.length}, (_, place) => kept.key(place)) : [];
        return all.filter((name) => name && name.startsWith(beginning));
    };

    const read = (name) => {
        try {
            const piece = JSON.parse(storage().getItem(name));
            return piece && piece.state && piece.at ? piece : null;
        } catch {
            return null;
        }
    };

    const sorted = (found) => found
        .map((name) => ({name, at: (read(name) || {at: 0}).at}))
        .sort((a, b) => a.at - b.at)
        .map(({name}) => name);

    // Of one user; and of one item of his, the latest first
    const ofUser = (user) => names(`${PREFIX}${user}.`);
    const ofItem = (user, item) => sorted(names(`${PREFIX}${user}.${item}.`)).reverse()
        .map((name) => ({name, ...read(name)}))
        .filter((piece) => piece.state);

    const remove = (name) => storage()?.removeItem(name);

    // True when it is stored; when there is no room, the oldest of the user's other pieces goes
    const write = (user, item, token, piece) => {
        const own = `${PREFIX}${user}.${item}.${token}`;
        const words = JSON.stringify({...piece, token});
        const older = sorted(ofUser(user)).filter((name) => name !== own);
        for (;;) {
            try {
                window.localStorage.setItem(own, words);
                return true;
            } catch (error) {
                if (error.name !== 'QuotaExceededError' || !older.length) {
                    return false;
                }
                remove(older.shift());
            }
        }
    };

    const removeTokens = (user, tokens) => {
        for (const name of ofUser(user)) {
            if (tokens.includes(name.slice(name.lastIndexOf('.') + 1))) {
                remove(name);
            }
        }
    };

    sorb.kept = {SIGNED_OUT, isClosed: false, ofItem, ofUser, remove, removeTokens, write};

    const signOut = (form, event) => {
        const {user} = form.dataset;
        window.dispatchEvent(new Event('sorb:keep'));
        if (ofUser(user).length && !window.confirm(form.dataset.unsaved)) {
            event.preventDefault();
            return;
        }
        sorb.kept.isClosed = true; // this page keeps nothing more when it is left
        ofUser(user).forEach(remove);
        sorb.files.clear();
        try {
            window.localStorage.setItem(SIGNED_OUT, `${user} ${Date.now()}`); // for other tabs
        } catch {
            // nothing is kept where nothing can be stored
        }
    };

    // Files go in their own time, which leaving the page might have cut short
    const clearAfterSigningOut = () => {
        if (storage()?.getItem(SIGNED_OUT)) {
            sorb.files.clear().then(() => remove(SIGNED_OUT));
        }
    };

    const start = () => {
        const form = document.getElementById('logout-form');
        const user = form?.dataset.user;
        if (!user) {
            clearAfterSigningOut();
            return;
        }
        for (const said of document.querySelectorAll('[data-saved-forms]')) {
            removeTokens(user, said.dataset.savedForms.split(' '));
            sorb.files.removeTokens(said.dataset.savedForms.split(' '));
        }
        sorb.files.removeOld(user);
        names(PREFIX).filter((name) => !name.startsWith(`${PREFIX}${user}.`)).forEach(remove);
        form.addEventListener('submit', (event) => signOut(form, event));
    };

    document.addEventListener('DOMContentLoaded', start);
}
