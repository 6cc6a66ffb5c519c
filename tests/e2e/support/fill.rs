//! Filling in whatever a page asks, by what its controls are: no list of questions, so that every questionnaire can be walked.

use fantoccini::Locator;
use serde::Deserialize;
use serde_json::json;

use super::parent::Parent;

/// What is still to be filled in of what can be seen, in order. Its argument is the place of the choice that is wanted.
const OPEN: &str = r#"
    const wanted = arguments[0], steps = new Map();
    const seen = one => one && one.offsetParent;
    const value = control => {
        if (control.type === 'date') return control.min || '2026-09-05';
        if (control.type === 'time') return '11:30';
        const takes = control.type === 'number' || ['numeric', 'decimal'].includes(control.inputMode);
        return takes ? '2' : 'Trường sạch, thầy cô tận tình.';
    };
    for (const control of document.querySelectorAll('main form [name]')) {
        const { name, type, localName } = control, all = [...document.getElementsByName(name)];
        if (name[0] === '_' || ['hidden', 'file', 'submit'].includes(type) || control.matches(':disabled')) continue;
        const css = `${localName}[name="${name}"]`;
        if (type === 'radio' || type === 'checkbox') {
            const one = all[wanted % all.length];
            if (seen(control.closest('label, .row')) && !all.some(one => one.checked))
                steps.set(name, { how: 'tap', css: `${css}[value="${one.value}"]` });
        } else if (localName === 'select') {
            const place = all.indexOf(control), taken = all.map(one => one.value);
            const free = [...control.options].filter(one => one.value && one.value !== 'other' && !taken.includes(one.value));
            if (control.value || !free.length) continue;
            const box = document.getElementById(name + '-tim');
            const button = control.closest('div').querySelector('button[aria-pressed=false]');
            if (seen(control)) steps.set(name + place, { how: 'select', css: control.id ? '#' + control.id : css, text: free[place % free.length].value });
            else if (seen(box)) steps.set(name, { how: 'search', css: '#' + box.id, text: free[0].text });
            else if (seen(button)) steps.set(name, { how: 'tap', css: `#${name} button[value="${button.value}"]` });
        } else if (seen(control) && !control.value) {
            steps.set(name, { how: ['date', 'time'].includes(type) ? 'set' : 'type', css, text: value(control) });
        }
    }
    return [...steps.values()]"#;

#[derive(Deserialize)]
struct Step {
    how: String,
    css: String,
    text: Option<String>,
}

impl Parent {
    /// Fills in everything that can be seen, and what appears because of it; of choices the one in this place.
    pub async fn fill_in(&self, place: usize) {
        for _ in 0..6 {
            let open = self.browser.page.execute(OPEN, vec![json!(place)]).await.expect("a page");
            let open: Vec<Step> = serde_json::from_value(open).expect("steps");
            if open.is_empty() {
                return;
            }
            for step in &open {
                self.take(step).await;
            }
        }
    }

    async fn take(&self, step: &Step) {
        let text = step.text.as_deref().unwrap_or_default();
        // a choice before it may have put it away
        if !self.sees(&step.css).await && step.how != "tap" {
            return;
        }
        match step.how.as_str() {
            "tap" => self.browser.tap(&step.css).await,
            "type" => self.browser.type_into(&step.css, text).await,
            "search" => {
                self.browser.type_into(&step.css, text).await;
                self.browser.tap(&format!("{}-ds li:not([hidden])", step.css)).await;
            }
            "select" => {
                let list = self.browser.page.find(Locator::Css(&step.css)).await.expect("a list");
                list.select_by_value(text).await.expect("a choice");
            }
            _ => {
                let script = "const control = document.querySelector(arguments[0]); control.value = arguments[1];
                    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))";
                self.browser.page.execute(script, vec![json!(step.css), json!(text)]).await.expect("set");
            }
        }
    }
}
