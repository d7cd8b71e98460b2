//! What the parts of the board share: the projects as the server has them, moves under way laid over them, which card has
//! the focus, which is held.

use super::filters::Asked;
use super::move_menu::Movable;
use super::moving::Mover;
use super::places::Places;
use super::time::minutes;
use crate::session::{Session, session};
use crate::ui::live::{Live, live};
use crate::ui::menu::Anchor;
use jiff::Timestamp;
use leptos::prelude::*;
use shared::ProjectId;
use shared::client::Called;
use shared::projects::{Board, BoardColumn, Project, ProjectStage, ProjectSummary};
use shared::subjects::SubjectKind;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What a stage is called, asked once.
pub fn stage_words(stage: ProjectStage, session: Session) -> String {
    session.lang.get_untracked().text(&format!("projects-stage-{}", stage.as_str().replace('_', "-")))
}

/// A card that the keyboard holds over a column.
#[derive(Clone, Copy, PartialEq)]
pub struct Held {
    pub id: ProjectId,
    pub from: ProjectStage,
    pub over: ProjectStage,
}

/// The board. Cheap to copy.
#[derive(Clone, Copy)]
pub struct State {
    pub session: Session,
    pub asked: Memo<Asked>,
    pub read: Live<Board>,
    /// With moves under way laid over it.
    pub shown: Memo<Option<Board>>,
    pub mover: Mover,
    pub places: LocalResource<Called<Places>>,
    pub now: RwSignal<Timestamp>,
    /// The card that has the focus, or had it when it was drawn anew.
    pub focus: RwSignal<Option<ProjectId>>,
    pub held: RwSignal<Option<Held>>,
    /// The card that the pointer drags.
    pub dragged: RwSignal<Option<(ProjectId, ProjectStage)>>,
    /// The column over which something is held.
    pub over: RwSignal<Option<ProjectStage>>,
    pub menu_at: Anchor,
    /// The card that the menu is about.
    pub menu_of: RwSignal<Option<Movable>>,
    pub keys_open: RwSignal<bool>,
}

impl State {
    pub fn new() -> Self {
        let session = session();
        let asked = Asked::read();
        let read =
            live(SubjectKind::Project, move || asked.get().of_board(), |client, filter| async move { client.get_board(&filter).await });
        let full = move |stage: ProjectStage| {
            let column = untrack(|| read.of(|board| board.columns.iter().find(|column| column.stage == stage).cloned())).flatten();
            column.is_some_and(|column| column.limit.is_some_and(|limit| column.count >= limit))
        };
        let changed = move |now: Option<Project>| {
            // Shown where it has come to until the board is there anew.
            if let (Some(now), Some(board)) = (now, untrack(|| read.of(Board::clone))) {
                read.put(overlaid(&board, &[(now.id, now.stage)]));
            }
            read.reread();
        };
        let mover = Mover::new(full, changed);
        let pending = mover.pending;
        let dragged = RwSignal::new(None);
        let shown = Memo::new(move |before: Option<&Option<Board>>| {
            let now = read.of(|board| pending.with(|pending| overlaid(board, pending)));
            // The browser lets go of a card that is drawn anew, so nothing is while one is dragged.
            before.filter(|_| dragged.get().is_some()).cloned().unwrap_or(now)
        });
        Self {
            session,
            asked,
            read,
            shown,
            mover,
            places: LocalResource::new(move || Places::read(session)),
            now: minutes(),
            focus: RwSignal::new(None),
            held: RwSignal::new(None),
            dragged,
            over: RwSignal::new(None),
            menu_at: RwSignal::new_local(None),
            menu_of: RwSignal::new(None),
            keys_open: RwSignal::new(false),
        }
    }

    /// A column as it is shown. Reactive.
    pub fn column<T>(self, stage: ProjectStage, pick: impl FnOnce(&BoardColumn) -> T) -> Option<T> {
        self.shown.with(|board| board.as_ref().and_then(|board| board.columns.iter().find(|column| column.stage == stage)).map(pick))
    }

    /// A card as it is shown. Reactive.
    pub fn card(self, id: ProjectId) -> Option<ProjectSummary> {
        self.shown.with(|board| {
            let mut cards = board.iter().flat_map(|board| &board.columns).flat_map(|column| &column.items);
            cards.find(|card| card.id == id).cloned()
        })
    }

    /// Opens the menu of a card.
    pub fn open_menu(self, id: ProjectId) {
        let button = document().get_element_by_id(&menu_id(id)).and_then(|button| button.dyn_into::<HtmlElement>().ok());
        if let (Some(button), Some(card)) = (button, untrack(|| self.card(id))) {
            self.menu_of.set(Some(Movable::of_card(&card)));
            self.menu_at.set(Some(button));
            self.look_closer(id);
        }
    }

    /// Learns of the project what the card does not know, for the menu that is open.
    fn look_closer(self, id: ProjectId) {
        leptos::task::spawn_local(async move {
            // The menu does without, where that cannot be had.
            let Ok(project) = self.session.call(move |client| async move { client.get_project(id).await }).await else { return };
            if self.menu_of.try_with_untracked(|of| of.as_ref().map(|of| of.id)) == Some(Some(id)) {
                self.menu_of.set(Some(Movable::of(&project)));
            }
        });
    }

    /// Moves a card; its focus goes with it.
    pub fn take(self, id: ProjectId, to: ProjectStage) {
        self.focus.set(Some(id));
        self.drop_on(id, to);
    }

    /// Moves a card that was dragged: whoever points at things has no focus to be kept, and nothing is to scroll.
    pub fn drop_on(self, id: ProjectId, to: ProjectStage) {
        if let Some(card) = untrack(|| self.card(id)) {
            self.mover.begin(id, card.stage, to);
        }
    }
}

/// The element of a card that takes the focus.
pub fn card_id(id: ProjectId) -> String {
    format!("card-{id}")
}

/// Puts the focus on a card.
pub fn focus_card(id: ProjectId) {
    if let Some(link) = document().get_element_by_id(&card_id(id)).and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

/// The button that opens a card's menu.
pub fn menu_id(id: ProjectId) -> String {
    format!("card-menu-{id}")
}

/// The board as it will be when the moves under way have been made.
fn overlaid(board: &Board, pending: &[(ProjectId, ProjectStage)]) -> Board {
    let mut board = board.clone();
    for (id, to) in pending {
        let mut taken = None;
        for column in &mut board.columns {
            if column.stage != *to
                && let Some(position) = column.items.iter().position(|card| card.id == *id)
            {
                taken = Some(ProjectSummary { stage: *to, ..column.items.remove(position) });
                column.count -= 1;
            }
        }
        if let (Some(card), Some(column)) = (taken, board.columns.iter_mut().find(|column| column.stage == *to)) {
            column.items.insert(0, card);
            column.count += 1;
        }
    }
    board
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::Lang;
    use shared::projects::{ProjectFacts, StageClock};

    fn card(stage: ProjectStage) -> ProjectSummary {
        let at = Timestamp::UNIX_EPOCH;
        ProjectSummary {
            id: ProjectId(uuid::Uuid::from_u128(1)),
            version: 1,
            edition_id: None,
            group_id: None,
            group_name: None,
            unit_id: None,
            unit_name: None,
            title: "Kotijakelu".to_owned(),
            lang: Lang::Fi,
            stage,
            clock: StageClock { started_at: at, due_at: None, first_due_at: None },
            waiting_reason: None,
            theme: None,
            labels: Vec::new(),
            done_count: 0,
            line_count: 0,
            assigned: Vec::new(),
            facts: ProjectFacts::default(),
            created_at: at,
            updated_at: at,
        }
    }

    #[test]
    fn a_move_under_way_is_shown_once_and_counted() {
        let column =
            |stage, items: Vec<ProjectSummary>| BoardColumn { stage, count: i64::try_from(items.len()).unwrap_or(0), limit: None, items };
        let columns = vec![column(ProjectStage::Idea, vec![card(ProjectStage::Idea)]), column(ProjectStage::Trial, Vec::new())];
        let board = Board { columns, themes: Vec::new(), overdue_count: 0, may_set_limits: false };
        let id = ProjectId(uuid::Uuid::from_u128(1));
        let shown = overlaid(&board, &[(id, ProjectStage::Trial)]);
        assert_eq!(shown.columns.iter().map(|column| (column.count, column.items.len())).collect::<Vec<_>>(), [(0, 0), (1, 1)]);
        assert_eq!(shown.columns[1].items[0].stage, ProjectStage::Trial);
        // The server has it there already.
        assert_eq!(overlaid(&shown, &[(id, ProjectStage::Trial)]), shown);
    }
}
