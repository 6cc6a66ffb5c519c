//! What the audit log can say that somebody did.

pub mod fact;

use crate::survey::code::codes;

codes! {
    /// A deed. Pages have a sentence `audit-…` for each.
    Action {
        /// Somebody signed in.
        SignIn = "sign-in",
        /// So many wrong passwords that the next has to wait.
        SignInBlocked = "sign-in-blocked",
        /// The right password, and so many wrong codes of a telephone that the next has to wait.
        CodesWrong = "totp-wrong",
        /// A one-time link set a password.
        LinkUsed = "link-used",
        /// Somebody changed the own password.
        PasswordChanged = "password-changed",
        /// Somebody ended own sessions.
        SessionsEnded = "sessions-ended",
        /// Somebody made codes of a telephone part of signing in.
        CodesOn = "totp-on",
        /// Somebody gave that up.
        CodesOff = "totp-off",
        /// An administrator took it from somebody whose telephone is gone.
        CodesReset = "totp-reset",
        /// Somebody was invited.
        PersonInvited = "person-invited",
        /// A new link was made for somebody.
        LinkMade = "link-made",
        /// The address changed to which somebody's links go.
        MailChanged = "mail-changed",
        /// Somebody asked for a link to set a new password.
        LinkAsked = "link-asked",
        /// Roles were given or taken.
        RolesChanged = "roles-changed",
        /// An account was stopped.
        PersonStopped = "person-stopped",
        /// A stopped account was taken up again.
        PersonRestarted = "person-restarted",
        /// All roles went to somebody else.
        HandedOver = "handed-over",
        /// A round was made.
        RoundMade = "round-made",
        /// A round was edited: its cover, its schools, who is let in, figures during fieldwork.
        RoundEdited = "round-edited",
        /// A draft was deleted.
        RoundDeleted = "round-deleted",
        /// How a round's figures are worked out was decided.
        MethodDecided = "method-decided",
        /// A cross-table was chosen to be published with a round's closing release.
        TableChosen = "table-chosen",
        /// A table is not to be published after all.
        TableDropped = "table-dropped",
        /// A round was opened, now or for a day to come.
        RoundOpened = "round-opened",
        /// A campaign was made.
        CampaignMade = "campaign-made",
        /// A campaign was edited, or other rounds belong to it.
        CampaignEdited = "campaign-edited",
        /// A campaign was deleted.
        CampaignDeleted = "campaign-deleted",
        /// How often people may be asked was changed.
        ContactLimitChanged = "contact-limit-changed",
        /// A round was submitted for approval.
        ApprovalAsked = "approval-asked",
        /// A round was approved.
        ApprovalGiven = "approval-given",
        /// A round was sent back.
        ApprovalRefused = "approval-refused",
        /// Whether two people are needed was changed.
        ApprovalRuleChanged = "approval-rule-changed",
        /// A round closes at another time.
        RoundExtended = "round-extended",
        /// A round pauses.
        RoundPaused = "round-paused",
        /// A round goes on before its pause would have ended.
        RoundResumed = "round-resumed",
        /// A round was closed.
        RoundClosed = "round-closed",
        /// A round's figures were frozen.
        RoundFrozen = "round-frozen",
        /// One-time codes were made.
        CodesMade = "codes-made",
        /// Addresses were put on the list of a round.
        InviteesAdded = "invitees-added",
        /// Addresses of a round were taken off its list, or marked as not working.
        InviteesChanged = "invitees-changed",
        /// A letter to those on the list was planned.
        MailingPlanned = "mailing-planned",
        /// A letter was stopped.
        MailingStopped = "mailing-stopped",
        /// A link of a school was made.
        CollectorMade = "collector-made",
        /// A link of a school was revoked.
        CollectorRevoked = "collector-revoked",
        /// Single forms were downloaded.
        RowsExported = "rows-exported",
        /// Forms were left out of every figure.
        FormsExcluded = "forms-excluded",
        /// That was taken back.
        FormsIncluded = "forms-included",
        /// Themes of open answers were made, put aside or given a rule.
        ThemesChanged = "themes-changed",
        /// Open answers were downloaded; the detail says whether with personal data masked.
        AnswersExported = "answers-exported",
        /// A program downloaded single forms with its token, whose name is the detail.
        RowsFetched = "rows-fetched",
        /// A bundle of forms on paper was begun.
        PaperBatchMade = "paper-batch-made",
        /// The numbers of a bundle were put right.
        PaperBatchEdited = "paper-batch-edited",
        /// A bundle was closed, and its forms were sent.
        PaperBatchClosed = "paper-batch-closed",
        /// A questionnaire was published.
        QuestionnairePublished = "questionnaire-published",
        /// A token for a program was made.
        TokenMade = "token-made",
        /// A token was revoked.
        TokenRevoked = "token-revoked",
        /// An opinion that could not wait was handled.
        AlertHandled = "alert-handled",
        /// The words of danger were changed.
        WordsChanged = "words-changed",
        /// Units were imported.
        UnitsImported = "units-imported",
        /// The contacts of schools were reminded of a round.
        HeadsReminded = "heads-reminded",
        /// A unit was added or corrected.
        UnitChanged = "unit-changed",
        /// A unit was renamed, merged, split or put below another office.
        UnitSucceeded = "unit-succeeded",
        /// What was to become of a unit will not.
        SuccessionCancelled = "succession-cancelled",
        /// A kind of units was added.
        KindAdded = "kind-added",
        /// A kind of units was given another name or place.
        KindChanged = "kind-changed",
        /// A kind of units was taken away.
        KindRemoved = "kind-removed",
        /// All of the database was copied into a file.
        BackupMade = "backup-made",
        /// This log was downloaded.
        LogExported = "log-exported",
        /// A questionnaire was begun.
        QuestionnaireMade = "questionnaire-made",
        /// A questionnaire was changed: once an hour and person.
        QuestionnaireChanged = "questionnaire-changed",
        /// A questionnaire was put aside.
        QuestionnaireArchived = "questionnaire-archived",
        /// A questionnaire was taken up again.
        QuestionnaireRestored = "questionnaire-restored",
    }
}
