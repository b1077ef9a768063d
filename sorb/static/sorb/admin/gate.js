'use strict';

// A finding of the publishing gate leads to its field, also to one that is not to be seen yet: of
// the other language, in a closed part of the form, or in the text editor.
{
    const showLanguage = (language) => {
        const shown = document.documentElement.dataset.languages;
        if (language && shown && ![language, 'both'].includes(shown)) {
            document.querySelector(`[data-languages-switch] input[value="${language}"]`)?.click();
        }
    };

    const openAround = (element) => {
        for (let part = element.closest('details'); part; part = part.parentElement.closest('details')) {
            part.open = true;
        }
    };

    const goTo = (element) => {
        const editor = window.CKEDITOR?.instances[element.id];
        const row = element.closest('.field, .form-row') ?? element;
        row.scrollIntoView({block: 'center'});
        if (editor) {
            editor.focus();
        } else if (element.matches('fieldset')) {
            element.querySelector('input:not([type="hidden"]), select, textarea, button, summary')?.focus();
        } else {
            element.focus({preventScroll: true});
        }
    };

    document.addEventListener('click', (event) => {
        const link = event.target.closest('.gate a[href^="#"]');
        const element = link && document.getElementById(link.hash.slice(1));
        if (element) {
            event.preventDefault();
            showLanguage(link.dataset.language);
            openAround(element);
            goTo(element);
        }
    });
}
