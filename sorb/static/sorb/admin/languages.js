'use strict';

// Which languages a form shows: one, the other, or both side by side. Stands in the head, so that
// nothing that is to be hidden is seen first.
{
    const KEY = 'sorb.form-languages';
    const CHOICES = ['bg', 'en', 'both'];
    const root = document.documentElement;

    const remembered = () => {
        const choice = localStorage.getItem(KEY);
        return CHOICES.includes(choice) ? choice : 'bg';
    };

    const show = (choice) => {
        root.dataset.languages = choice;
        for (const radio of document.querySelectorAll('[data-languages-switch] input')) {
            radio.checked = radio.value === choice;
        }
    };

    const isHidden = (element) => {
        const field = element.closest('[data-language]');
        return field && ![field.dataset.language, 'both'].includes(root.dataset.languages);
    };

    // An error must be seen, whatever language was chosen; the choice stays for the next form
    const showErrors = () => {
        if (Array.from(document.querySelectorAll('.errorlist')).some(isHidden)) {
            show('both');
        }
    };

    const start = () => {
        const languages = document.querySelector('[data-languages-switch]');
        if (!languages || !document.querySelector('[data-language]')) {
            return;
        }
        languages.hidden = false;
        show(remembered());
        languages.addEventListener('change', (event) => {
            localStorage.setItem(KEY, event.target.value);
            show(event.target.value);
        });
        showErrors();
    };

    // The text editor types into an element of its own, which must know its language as well
    const markEditors = () => {
        if (window.CKEDITOR) {
            window.CKEDITOR.on('instanceReady', ({editor}) => {
                const language = editor.element.getAttribute('lang');
                if (language) {
                    editor.editable().setAttribute('lang', language);
                }
            });
        }
    };

    root.dataset.languages = remembered();
    document.addEventListener('DOMContentLoaded', () => {
        start();
        markEditors();
    });
}
