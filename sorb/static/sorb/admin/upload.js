'use strict';

// Files that are dropped or chosen are sent at once, each with its own progress and its own answer.
window.sorb = window.sorb || {};
{
    const AT_ONCE = 3;
    const waiting = [];
    let running = 0;

    // Words of the page, in its language: sorb.words('moved', {place: 2, all: 5})
    sorb.words = (key, values = {}) => {
        const words = document.getElementById('sorb-words').dataset[key];
        return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    };

    const element = (name, className, text = '') => {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    };

    const answerOf = (request) => {
        try {
            const answer = JSON.parse(request.responseText);
            return request.status === 200 ? answer : {error: answer.error};
        } catch {
            const key = {403: 'uploadForbidden', 413: 'uploadTooLarge'}[request.status];
            return {error: sorb.words(key || 'uploadSignedOut')};
        }
    };

    const button = (className, text, label, action) => {
        const made = element('button', className, text);
        made.type = 'button';
        made.setAttribute('aria-label', label);
        made.addEventListener('click', action);
        return made;
    };

    // What became of a file stays to be read until it is dismissed
    const settle = (line, file, key, words) => {
        delete line.dataset.uploading;
        line.classList.add(`is-${key}`);
        line.replaceChildren(element('strong', '', file.name), element('span', '', words));
        const dismiss = sorb.words('dismiss');
        line.append(button('upload-close', dismiss, `${dismiss}: ${file.name}`, () => line.remove()));
    };

    const finish = (line, file, answer) => {
        if (answer.error) {
            settle(line, file, 'refused', answer.error);
            return null;
        }
        if (answer.was_known) {
            settle(line, file, 'known', sorb.words('wasKnown', {title: answer.title}));
        } else {
            line.remove();
        }
        return answer;
    };

    const send = (job) => new Promise((resolve) => {
        const {file, address, line} = job;
        const bar = element('progress', 'upload-progress');
        bar.max = 1;
        bar.setAttribute('aria-label', sorb.words('uploading', {name: file.name}));
        line.insertBefore(bar, line.lastElementChild);
        const request = new XMLHttpRequest();
        job.request = request;
        request.open('POST', address);
        const token = document.querySelector('input[name=csrfmiddlewaretoken]').value;
        request.setRequestHeader('X-CSRFToken', token);
        request.upload.addEventListener('progress', (event) => {
            // At the end the server still works on the file: the bar then only moves
            if (event.lengthComputable && event.loaded < event.total) {
                bar.value = event.loaded / event.total;
            } else {
                bar.removeAttribute('value');
            }
        });
        request.addEventListener('load', () => resolve(finish(line, file, answerOf(request))));
        request.addEventListener('error', () => {
            resolve(finish(line, file, {error: sorb.words('uploadFailed')}));
        });
        request.addEventListener('abort', () => resolve(null));
        const body = new FormData();
        body.append('file', file);
        request.send(body);
    });

    const cancel = (job) => {
        settle(job.line, job.file, 'cancelled', sorb.words('uploadCancelled'));
        if (job.request) {
            job.request.abort();
        } else {
            waiting.splice(waiting.indexOf(job), 1);
            job.resolve(null);
        }
    };

    const next = async () => {
        if (running >= AT_ONCE || !waiting.length) {
            return;
        }
        const job = waiting.shift();
        running += 1;
        job.resolve(await send(job));
        running -= 1;
        next();
    };

    // What the server says about an accepted file; null for one that was refused or cancelled (said
    // in the list)
    sorb.upload = (file, address, list) => new Promise((resolve) => {
        const line = element('li', 'upload');
        line.dataset.uploading = '';
        line.append(element('span', 'upload-name', file.name));
        const job = {file, address, line, resolve};
        const label = sorb.words('cancelUpload', {name: file.name});
        line.append(button('upload-cancel', sorb.words('cancel'), label, () => cancel(job)));
        list.append(line);
        waiting.push(job);
        next();
    });

    // Calls back with the files that are dropped on an element or chosen in its input
    sorb.onFiles = (place, input, callback) => {
        const hasFiles = (event) => event.dataTransfer.types.includes('Files');
        for (const type of ['dragenter', 'dragover']) {
            place.addEventListener(type, (event) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                    place.classList.add('is-over');
                }
            });
        }
        for (const type of ['dragleave', 'drop']) {
            place.addEventListener(type, () => place.classList.remove('is-over'));
        }
        place.addEventListener('drop', (event) => {
            if (hasFiles(event)) {
                event.preventDefault();
                callback(Array.from(event.dataTransfer.files));
            }
        });
        input.addEventListener('change', () => {
            callback(Array.from(input.files));
            input.value = '';
        });
    };

    // A file that misses its place by a finger's breadth must not replace the form
    for (const type of ['dragover', 'drop']) {
        window.addEventListener(type, (event) => {
            if (event.dataTransfer && event.dataTransfer.types.includes('Files')) {
                event.preventDefault();
            }
        });
    }
}
