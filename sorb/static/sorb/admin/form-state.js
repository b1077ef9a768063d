'use strict';

// What a form holds, as plain data that can be kept, compared and put back: its fields, its rows in
// their order, its text editors, its pictures with their names.
window.sorb = window.sorb || {};
{
    const NOT_KEPT = ['csrfmiddlewaretoken', 'form_token', 'version'];
    const OF_ROWS = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;
    const SILENT = ['password', 'file', 'submit', 'button', 'image', 'reset'];
    const OF_ROW_ITSELF = ['id', 'order', 'DELETE'];

    const isKept = (control) => control.name && !SILENT.includes(control.type) &&
        control.tagName !== 'BUTTON' && control.tagName !== 'FIELDSET' &&
        !NOT_KEPT.includes(control.name) && !OF_ROWS.test(control.name) &&
        !control.name.startsWith('_') && !control.name.startsWith('choice-');

    const rowsOf = (group) => Array.from(group.querySelectorAll('[data-rows-list] > [data-row]'));
    const editorOf = (control) => window.CKEDITOR?.instances[control.id];
    const isTick = (control) => ['checkbox', 'radio'].includes(control.type);

    const valuesOf = (control) => {
        if (isTick(control)) {
            return control.checked ? [control.value] : [];
        }
        if (control.tagName === 'SELECT') {
            return Array.from(control.selectedOptions, (option) => option.value);
        }
        const editor = editorOf(control);
        return [editor?.status === 'ready' ? editor.getData() : control.value];
    };

    // Choices that were typed for or added meanwhile are not in the page the server sends next
    const choicesOf = (control) => Array.from(control.selectedOptions)
        .filter((option) => option.value)
        .map((option) => [option.value, option.text]);

    const pictureOf = (control) => {
        const picker = control.closest('[data-image-picker]');
        return picker && control.value ? {
            id: control.value,
            title: picker.querySelector('[data-picker-name]').textContent,
            preview: picker.querySelector('[data-picker-picture]').getAttribute('src'),
        } : null;
    };

    const held = (controls, beginning) => {
        const state = {fields: {}, choices: {}, pictures: {}};
        for (const control of controls) {
            const name = control.name.slice(beginning.length);
            state.fields[name] = [...(state.fields[name] || []), ...valuesOf(control)];
            if (control.tagName === 'SELECT') {
                state.choices[name] = choicesOf(control);
            }
            const picture = pictureOf(control);
            if (picture) {
                state.pictures[name] = picture;
            }
        }
        return state;
    };

    const beginningOf = (row, prefix) => {
        const named = row.querySelector(`[name^="${prefix}-"]`);
        return named ? named.name.match(`^${prefix}-[0-9]+-`)[0] : '';
    };

    const controlsOf = (row, beginning) => Array.from(row.querySelectorAll('[name]')).filter(
        (control) => isKept(control) && control.name.startsWith(beginning) &&
            !OF_ROW_ITSELF.includes(control.name.slice(beginning.length)),
    );

    const idOf = (row, beginning) => row.querySelector(`[name="${beginning}id"]`)?.value || '';
    const isRemoved = (row) => row.classList.contains('is-removed');

    const stateOfRow = (row, prefix) => {
        const beginning = beginningOf(row, prefix);
        return {
            ...held(controlsOf(row, beginning), beginning),
            id: idOf(row, beginning),
            isRemoved: isRemoved(row),
            name: row.querySelector('[data-row-name]')?.textContent ?? null,
            kind: row.querySelector('[data-row-kind]')?.textContent ?? null,
            picture: row.querySelector('[data-row-picture]')?.getAttribute('src') ?? null,
        };
    };

    const groupsOf = (form) => Array.from(form.querySelectorAll('[data-rows]'))
        .filter((group) => group.sorbRows);

    sorb.stateOf = (form) => {
        const own = Array.from(form.elements).filter(
            (control) => isKept(control) && !control.closest('[data-rows]'),
        );
        const rows = {};
        for (const group of groupsOf(form)) {
            rows[group.dataset.rows] = rowsOf(group)
                .map((row) => stateOfRow(row, group.dataset.rows))
                .filter((row) => row.id || !row.isRemoved); // made and removed: never was
        }
        return {...held(own, ''), rows};
    };

    // What two states say alike, whatever the pictures are called
    sorb.sameState = (a, b) => {
        const words = ({fields, rows}) => JSON.stringify([
            Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)),
            Object.entries(rows).map(([prefix, list]) => [
                prefix, list.map((row) => [row.id, row.isRemoved, row.fields]),
            ]),
        ]);
        return words(a) === words(b);
    };

    const offerChoices = (select, choices) => {
        const known = Array.from(select.options, (option) => option.value);
        for (const [value, text] of choices || []) {
            if (!known.includes(value)) {
                select.append(new Option(text, value));
            }
        }
    };

    const setEditor = (editor, value) => {
        if (editor.status === 'ready') {
            editor.setData(value);
        } else {
            editor.once('instanceReady', () => editor.setData(value));
        }
    };

    const set = (control, values, state, name) => {
        if (isTick(control)) {
            control.checked = values.includes(control.value);
        } else if (control.tagName === 'SELECT') {
            offerChoices(control, state.choices[name]);
            for (const option of control.options) {
                option.selected = values.includes(option.value);
            }
        } else {
            control.value = values[0] ?? '';
            if (editorOf(control)) {
                setEditor(editorOf(control), control.value);
            }
        }
    };

    const showPicture = (control, picture) => {
        const picker = control.closest('[data-image-picker]');
        if (picker) {
            picker.querySelector('[data-picker-name]').textContent = picture?.title || '';
            picker.querySelector('[data-picker-picture]').hidden = !picture;
            picker.querySelector('[data-picker-none]').hidden = Boolean(picture);
            picker.querySelector('[data-picker-clear]').hidden = !picture;
            picker.classList.toggle('has-image', Boolean(picture));
            if (picture) {
                picker.querySelector('[data-picker-picture]').src = picture.preview;
            }
        }
    };

    const put = (controls, beginning, state) => {
        for (const control of controls) {
            const name = control.name.slice(beginning.length);
            if (name in state.fields) {
                set(control, state.fields[name], state, name);
                showPicture(control, state.pictures[name]);
                control.dispatchEvent(new Event('change', {bubbles: true}));
            }
        }
    };

    const show = (row, {name, kind, picture}) => {
        for (const [part, text] of [['name', name], ['kind', kind]]) {
            const shown = row.querySelector(`[data-row-${part}]`);
            if (shown && text !== null) {
                shown.textContent = text;
            }
        }
        if (picture && row.querySelector('[data-row-picture]')) {
            row.querySelector('[data-row-picture]').src = picture;
        }
    };

    // Rows find themselves again by their id; new ones are made; what others added stays at the end
    const putRows = (group, kept) => {
        const {dataset: {rows: prefix}, sorbRows: rows} = group;
        const there = rowsOf(group);
        const idOfRow = (row) => idOf(row, beginningOf(row, prefix));
        const unused = there.filter((row) => !idOfRow(row));
        const placed = [];
        for (const state of kept) {
            const known = state.id && there.find((row) => idOfRow(row) === state.id);
            if (state.isRemoved && !known) {
                continue; // somebody else removed it as well
            }
            const row = known || unused.shift() || rows.add();
            rows[state.isRemoved ? 'remove' : 'restore'](row);
            const beginning = beginningOf(row, prefix);
            put(controlsOf(row, beginning), beginning, state);
            show(row, state);
            placed.push(row);
        }
        unused.forEach((row) => rows.remove(row));
        rows.arrange(placed);
    };

    sorb.putState = (form, state) => {
        for (const group of groupsOf(form)) {
            putRows(group, state.rows[group.dataset.rows] || []);
        }
        const own = Array.from(form.elements).filter(
            (control) => isKept(control) && !control.closest('[data-rows]'),
        );
        put(own, '', state);
    };
}
