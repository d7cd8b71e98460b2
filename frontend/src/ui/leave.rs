//! Leaving a page on which something has been typed and not saved: asks first, whether by a link, the browser's own
//! buttons, closing a dialog or closing the window.

use crate::tr;
use crate::ui::Dialog;
use js_sys::Reflect;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, Node};

/// A form that may hold something unsaved: gives its element while it does.
type Watched = Rc<dyn Fn() -> Option<Element>>;

thread_local! {
    static WATCHED: RefCell<(usize, Vec<(usize, Watched)>)> = const { RefCell::new((0, Vec::new())) };
}

/// Watches a form until its part of the page goes. `unsaved` gives the form's element while something in it is unsaved.
pub fn watch(unsaved: impl Fn() -> Option<Element> + 'static) {
    let number = WATCHED.with_borrow_mut(|(next, watched)| {
        *next += 1;
        watched.push((*next, Rc::new(unsaved)));
        *next
    });
    on_cleanup(move || WATCHED.with_borrow_mut(|(_, watched)| watched.retain(|(own, _)| *own != number)));
}

/// Whether something is unsaved, on the whole page or only inside an element.
fn is_unsaved(inside: Option<&Node>) -> bool {
    let watched: Vec<Watched> = WATCHED.with_borrow(|(_, watched)| watched.iter().map(|(_, form)| Rc::clone(form)).collect());
    watched.iter().filter_map(|form| form()).any(|form| inside.is_none_or(|node| node.contains(Some(&form))))
}

/// Asks before what is typed is lost. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Leave {
    asking: RwSignal<bool>,
    then: StoredValue<Option<Box<dyn FnOnce()>>, LocalStorage>,
    /// The answer has been given: the next step back in the browser goes through.
    passing: StoredValue<bool>,
}

/// The one that the shell provides.
pub fn leave() -> Leave {
    expect_context()
}

impl Leave {
    /// Makes it and puts it where every part of the page finds it.
    pub fn provide() -> Self {
        let leave = Self { asking: RwSignal::new(false), then: StoredValue::new_local(None), passing: StoredValue::new(false) };
        provide_context(leave);
        leave
    }

    /// Goes on at once when nothing is unsaved, and else when the person says so.
    pub fn first_ask(self, then: impl FnOnce() + 'static) {
        self.ask_of(None, then);
    }

    /// As [`Leave::first_ask`], about what is inside an element.
    pub fn first_ask_inside(self, element: &Node, then: impl FnOnce() + 'static) {
        self.ask_of(Some(element), then);
    }

    fn ask_of(self, inside: Option<&Node>, then: impl FnOnce() + 'static) {
        if is_unsaved(inside) { self.ask(Box::new(then)) } else { then() }
    }

    fn ask(self, then: Box<dyn FnOnce()>) {
        self.then.set_value(Some(then));
        self.asking.set(true);
    }

    fn go(self) {
        self.asking.set(false);
        if let Some(Some(then)) = self.then.try_update_value(Option::take) {
            then();
        }
    }
}

/// The question, and everything that makes it be asked. Stands once, in the shell.
#[component]
pub fn LeaveGuard(leave: Leave) -> impl IntoView {
    let window_closes = window_event_listener(ev::beforeunload, |event| {
        if is_unsaved(None) {
            event.prevent_default();
        }
    });
    on_cleanup(move || window_closes.remove());
    watch_links(leave);
    watch_history(leave);
    view! {
        <Dialog open=leave.asking title_key="common-leave">
            <p class="ds-paragraph">{tr!("common-leave-text")}</p>
            <div class="actions">
                <button class="ds-button" type="button" on:click=move |_| leave.asking.set(false)>{tr!("common-stay")}</button>
                <button class="ds-button" data-variant="secondary" data-color="danger" type="button" on:click=move |_| leave.go()>{tr!("common-discard")}</button>
            </div>
        </Dialog>
    }
}

/// The document hears of a click before the router, which listens at the window and heeds what was prevented.
fn watch_links(leave: Leave) {
    let navigate = use_navigate();
    let heard = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if let Some(to) = other_page(&event)
            && is_unsaved(None)
        {
            event.prevent_default();
            let navigate = navigate.clone();
            leave.ask(Box::new(move || navigate(&to, Default::default())));
        }
    });
    let _ = document().add_event_listener_with_callback("click", heard.as_ref().unchecked_ref());
    // The shell lives as long as the window.
    heard.forget();
}

/// Where a plain click on a link leads, when that is another page of this service.
fn other_page(event: &MouseEvent) -> Option<String> {
    let plain = !event.default_prevented()
        && event.button() == 0
        && !(event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key());
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let elsewhere =
        !link.target().is_empty() || link.has_attribute("download") || link.rel().split_whitespace().any(|word| word == "external");
    let here = window().location();
    let own = here.origin().is_ok_and(|origin| origin == link.origin()) && here.pathname().is_ok_and(|path| path != link.pathname());
    (plain && !elsewhere && own).then(|| format!("{}{}{}", link.pathname(), link.search(), link.hash()))
}

/// Back and forward, where the browser tells of them beforehand; elsewhere they go unasked.
fn watch_history(leave: Leave) {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let navigation = of(&window(), "navigation");
    let Some(target) = navigation.dyn_ref::<web_sys::EventTarget>().cloned() else { return };
    let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if of(&event, "navigationType").as_string().as_deref() != Some("traverse") || leave.passing.get_value() {
            return leave.passing.set_value(false);
        }
        let index = |object: JsValue| of(&object, "index").as_f64();
        let (Some(to), Some(from)) = (index(of(&event, "destination")), index(of(&navigation, "currentEntry"))) else { return };
        if event.cancelable() && is_unsaved(None) {
            event.prevent_default();
            leave.ask(Box::new(move || {
                leave.passing.set_value(true);
                #[allow(clippy::cast_possible_truncation)]
                let _ = window().history().and_then(|history| history.go_with_delta((to - from) as i32));
            }));
        }
    });
    let _ = target.add_event_listener_with_callback("navigate", heard.as_ref().unchecked_ref());
    heard.forget();
}
