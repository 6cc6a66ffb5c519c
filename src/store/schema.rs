//! The tables, as both databases have them. Kept by hand; `tests/databases.rs` compares it with what the migrations make.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    meta (name) {
        name -> Text,
        value -> Text,
    }
}

table! {
    unit (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        name_folded -> Text,
        kind -> Text,
        school_type -> Nullable<Text>,
        parent_id -> Nullable<BigInt>,
        professional_parent_id -> Nullable<BigInt>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

table! {
    unit_kind (code) {
        code -> Text,
        name_vi -> Text,
        name_en -> Text,
        nature -> Text,
        at_top -> Bool,
        place -> BigInt,
    }
}

table! {
    unit_kind_above (kind, above) {
        kind -> Text,
        above -> Text,
    }
}

table! {
    unit_level (unit_id, level) {
        unit_id -> BigInt,
        level -> Text,
        enrolment -> BigInt,
        classes -> Nullable<BigInt>,
        class_names -> Text,
    }
}

table! {
    account (id) {
        id -> BigInt,
        login -> Text,
        name -> Text,
        unit_id -> BigInt,
        password_hash -> Nullable<Text>,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
        signed_in_at -> Nullable<Timestamp>,
    }
}

table! {
    account_role (account_id, role, unit_id) {
        account_id -> BigInt,
        role -> Text,
        unit_id -> BigInt,
        granted_at -> Timestamp,
        granted_by -> Nullable<BigInt>,
    }
}

table! {
    audit (id) {
        id -> BigInt,
        at -> Timestamp,
        account_id -> Nullable<BigInt>,
        unit_id -> BigInt,
        action -> Text,
        subject -> Text,
        detail -> Text,
    }
}

table! {
    authenticator (account_id) {
        account_id -> BigInt,
        sealed -> Binary,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> BigInt,
    }
}

table! {
    recovery_code (account_id, hash) {
        account_id -> BigInt,
        hash -> Binary,
    }
}

table! {
    account_link (token_hash) {
        token_hash -> Binary,
        account_id -> BigInt,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        mail_id -> Nullable<BigInt>,
    }
}

table! {
    session (token_hash) {
        token_hash -> Binary,
        account_id -> BigInt,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

table! {
    sign_in_failure (login_hash) {
        login_hash -> Binary,
        failures -> BigInt,
        last_failed_at -> Timestamp,
    }
}

table! {
    api_token (id) {
        id -> BigInt,
        name -> Text,
        token_hash -> Binary,
        scopes -> Text,
        unit_id -> BigInt,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

table! {
    questionnaire_version (id) {
        id -> BigInt,
        code -> Text,
        version -> BigInt,
        content -> Text,
        content_hash -> Binary,
        published_at -> Timestamp,
    }
}

table! {
    media (version_id, name) {
        version_id -> BigInt,
        name -> Text,
        mime -> Text,
        hash -> Binary,
        bytes -> Binary,
    }
}

table! {
    round (id) {
        id -> BigInt,
        slug -> Text,
        title -> Text,
        owner_id -> BigInt,
        minimum_group -> BigInt,
        contact -> Text,
        created_at -> Timestamp,
        opens_at -> Nullable<Timestamp>,
        closes_at -> Timestamp,
        frozen_at -> Nullable<Timestamp>,
        interim_allowed_at -> Nullable<Timestamp>,
        withdrawn -> BigInt,
        access -> Text,
        unit_most -> Nullable<BigInt>,
        pictures_allowed_at -> Nullable<Timestamp>,
        results_by -> Nullable<Date>,
        paused_at -> Nullable<Timestamp>,
        paused_until -> Nullable<Timestamp>,
        sealed_at -> Nullable<Timestamp>,
    }
}

table! {
    approval_rule (unit_id) {
        unit_id -> BigInt,
        required_from -> Nullable<Timestamp>,
        reason -> Text,
        changed_at -> Timestamp,
        changed_by -> Nullable<BigInt>,
    }
}

table! {
    approval (id) {
        id -> BigInt,
        round_id -> BigInt,
        content -> Text,
        fingerprint -> Text,
        note -> Text,
        submitted_by -> BigInt,
        submitted_at -> Timestamp,
        decided_by -> Nullable<BigInt>,
        approved_at -> Nullable<Timestamp>,
        returned_at -> Nullable<Timestamp>,
        reason -> Text,
    }
}

table! {
    round_step (id) {
        id -> BigInt,
        round_id -> BigInt,
        step -> Text,
        at -> Timestamp,
        until -> Nullable<Timestamp>,
        reason -> Text,
        account_id -> Nullable<BigInt>,
    }
}

table! {
    campaign (id) {
        id -> BigInt,
        owner_id -> BigInt,
        title -> Text,
        plan_number -> Text,
        plan_date -> Nullable<Date>,
        legal_basis -> Text,
        partners -> Text,
        purpose -> Text,
        kept_months -> BigInt,
        contact -> Text,
        cloned_from -> Nullable<BigInt>,
        changed_at -> Timestamp,
        changed_by -> BigInt,
    }
}

table! {
    campaign_questionnaire (campaign_id, code) {
        campaign_id -> BigInt,
        code -> Text,
    }
}

table! {
    campaign_round (round_id) {
        round_id -> BigInt,
        campaign_id -> BigInt,
    }
}

table! {
    contact_limit (unit_id) {
        unit_id -> BigInt,
        most -> BigInt,
        changed_at -> Timestamp,
        changed_by -> BigInt,
    }
}

table! {
    unit_choice (round_id) {
        round_id -> BigInt,
        content -> Text,
    }
}

table! {
    parents_notice (round_id) {
        round_id -> BigInt,
        content -> Text,
        changed_at -> Timestamp,
        changed_by -> BigInt,
    }
}

table! {
    round_questionnaire (round_id, version_id) {
        round_id -> BigInt,
        version_id -> BigInt,
    }
}

table! {
    round_unit (round_id, unit_id, level) {
        round_id -> BigInt,
        unit_id -> BigInt,
        level -> Text,
        eligible -> Nullable<BigInt>,
        removed_at -> Nullable<Timestamp>,
    }
}

table! {
    collector (id) {
        id -> BigInt,
        code -> Text,
        round_id -> BigInt,
        unit_id -> BigInt,
        channel -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

table! {
    export_job (id) {
        id -> BigInt,
        key -> Binary,
        round_id -> BigInt,
        account_id -> BigInt,
        wanted -> Text,
        lang -> Text,
        asked_at -> Timestamp,
        held_until -> Nullable<Timestamp>,
        tries -> BigInt,
        seen -> BigInt,
        total -> BigInt,
        finished_at -> Nullable<Timestamp>,
        written -> Nullable<BigInt>,
        size -> Nullable<BigInt>,
        sha256 -> Nullable<Binary>,
        failed -> Nullable<Text>,
    }
}

table! {
    submission (round_id, id) {
        round_id -> BigInt,
        id -> Binary,
        unit_id -> BigInt,
        channel -> Text,
        version_id -> BigInt,
        lang -> Text,
        mode -> Text,
        late -> Bool,
        submitted_on -> Date,
        answers -> Text,
        pace -> Text,
    }
}

table! {
    receipt (round_id, hash) {
        round_id -> BigInt,
        hash -> Binary,
        fingerprint -> Nullable<Binary>,
    }
}

table! {
    tally (round_id, version_id, unit_id, channel, stratum, shard) {
        round_id -> BigInt,
        version_id -> BigInt,
        unit_id -> BigInt,
        channel -> Text,
        stratum -> Text,
        shard -> BigInt,
        n -> BigInt,
        cells -> Binary,
    }
}

table! {
    release (round_id, number) {
        round_id -> BigInt,
        number -> BigInt,
        taken_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        atoms -> Text,
        content -> Nullable<Text>,
    }
}

table! {
    danger_word (folded) {
        folded -> Text,
        word -> Text,
        added_at -> Timestamp,
    }
}

table! {
    alert (id) {
        id -> BigInt,
        round_id -> BigInt,
        unit_id -> BigInt,
        submission_id -> Binary,
        question -> Text,
        words -> Text,
        raised_on -> Date,
        handled_at -> Nullable<Timestamp>,
        handled_by -> Nullable<BigInt>,
        dismissed_at -> Nullable<Timestamp>,
    }
}

table! {
    unfinished (hash) {
        hash -> Binary,
        round_id -> BigInt,
        collector -> Text,
        version_id -> BigInt,
        begun_at -> Timestamp,
        touched_at -> Timestamp,
        way -> Text,
        tries -> BigInt,
    }
}

table! {
    withdrawal (round_id, hash) {
        round_id -> BigInt,
        hash -> BigInt,
        submission_id -> Binary,
    }
}

table! {
    unfinished_part (hash, part) {
        hash -> Binary,
        part -> BigInt,
        sealed -> Binary,
    }
}

table! {
    unfinished_picture (hash, id) {
        hash -> Binary,
        id -> Binary,
        sealed -> Binary,
    }
}

table! {
    picture (round_id, id) {
        round_id -> BigInt,
        id -> Binary,
        unit_id -> BigInt,
        question -> Text,
        jpeg -> Binary,
    }
}

table! {
    access_code (round_id, hash) {
        round_id -> BigInt,
        hash -> Binary,
        unit_id -> BigInt,
    }
}

table! {
    access_sheet (round_id, unit_id) {
        round_id -> BigInt,
        unit_id -> BigInt,
        issued -> BigInt,
        unused -> Nullable<BigInt>,
    }
}

table! {
    quota (round_id, version_id, stratum) {
        round_id -> BigInt,
        version_id -> BigInt,
        stratum -> Text,
        most -> BigInt,
    }
}

table! {
    pressure (round_id, unit_id, shard) {
        round_id -> BigInt,
        unit_id -> BigInt,
        shard -> BigInt,
        n -> BigInt,
    }
}

table! {
    arrival (round_id, unit_id, hour, shard) {
        round_id -> BigInt,
        unit_id -> BigInt,
        hour -> BigInt,
        shard -> BigInt,
        n -> BigInt,
        rated -> BigInt,
        alike -> BigInt,
    }
}

table! {
    arrival_day (round_id, unit_id, day) {
        round_id -> BigInt,
        unit_id -> BigInt,
        day -> Date,
        n -> BigInt,
        rated -> BigInt,
        alike -> BigInt,
    }
}

table! {
    arrival_hour (round_id, hour) {
        round_id -> BigInt,
        hour -> BigInt,
        n -> BigInt,
    }
}

table! {
    arrival_peak (round_id, unit_id) {
        round_id -> BigInt,
        unit_id -> BigInt,
        n -> BigInt,
    }
}

table! {
    release_table (round_id, version_id, by_code, question) {
        round_id -> BigInt,
        version_id -> BigInt,
        by_code -> Text,
        question -> Text,
        chosen_at -> Timestamp,
        chosen_by -> BigInt,
    }
}

table! {
    round_method (round_id) {
        round_id -> BigInt,
        items -> Text,
        across -> Text,
        reach -> Text,
        above -> Text,
        percent_places -> Text,
        basis -> Text,
        reason -> Text,
        changed_at -> Timestamp,
        changed_by -> BigInt,
    }
}

table! {
    round_goal (round_id) {
        round_id -> BigInt,
        per_mille -> BigInt,
    }
}

table! {
    forgotten (round_id) {
        round_id -> BigInt,
        since -> Timestamp,
    }
}

table! {
    unit_import (id) {
        id -> BigInt,
        unit_id -> BigInt,
        imported_at -> Timestamp,
        before -> Text,
        added -> Text,
        undone_at -> Nullable<Timestamp>,
    }
}

table! {
    head_reminder (round_id, unit_id, day) {
        round_id -> BigInt,
        unit_id -> BigInt,
        day -> Date,
    }
}

table! {
    succession (id) {
        id -> BigInt,
        kind -> Text,
        day -> Date,
        basis -> Text,
        new_name -> Nullable<Text>,
        recorded_at -> Timestamp,
        in_force_at -> Nullable<Timestamp>,
    }
}

table! {
    succession_part (succession_id, old_id, new_id) {
        succession_id -> BigInt,
        old_id -> BigInt,
        new_id -> BigInt,
        old_name -> Text,
        share -> Nullable<BigInt>,
        old_valid_to -> Nullable<Date>,
        new_begins -> Bool,
    }
}

table! {
    superior (unit_id, respect, since) {
        unit_id -> BigInt,
        respect -> Text,
        since -> Date,
        superior_id -> Nullable<BigInt>,
        basis -> Text,
        in_force_at -> Nullable<Timestamp>,
        succession_id -> Nullable<BigInt>,
    }
}

table! {
    questionnaire_draft (id) {
        id -> BigInt,
        owner_id -> BigInt,
        code -> Text,
        title -> Text,
        based_on -> Nullable<Text>,
        content -> Text,
        revision -> BigInt,
        changed_at -> Timestamp,
        changed_by -> BigInt,
        archived_at -> Nullable<Timestamp>,
    }
}

table! {
    questionnaire_history (draft_id, revision) {
        draft_id -> BigInt,
        revision -> BigInt,
        restores -> Nullable<BigInt>,
        content -> Text,
        changed_at -> Timestamp,
        changed_by -> BigInt,
        item -> Nullable<Text>,
        since -> Nullable<Timestamp>,
    }
}

table! {
    questionnaire_recording (draft_id, name) {
        draft_id -> BigInt,
        name -> Text,
        mime -> Text,
        hash -> Binary,
        bytes -> Binary,
        added_at -> Timestamp,
    }
}

table! {
    outbox (id) {
        id -> BigInt,
        key -> Binary,
        round_id -> Nullable<BigInt>,
        sealed -> Nullable<Binary>,
        queued_at -> Timestamp,
        due_at -> Timestamp,
        until -> Timestamp,
        attempts -> BigInt,
        unanswered -> BigInt,
        handed_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        failure -> Nullable<Text>,
        reply -> Nullable<Text>,
    }
}

table! {
    account_mail (account_id) {
        account_id -> BigInt,
        address -> Text,
    }
}

table! {
    invitee (id) {
        id -> BigInt,
        round_id -> BigInt,
        unit_id -> BigInt,
        mark -> Binary,
        code_hash -> Binary,
        sealed -> Binary,
        refused_at -> Nullable<Timestamp>,
        left_at -> Nullable<Timestamp>,
    }
}

table! {
    mailing (id) {
        id -> BigInt,
        round_id -> BigInt,
        kind -> Text,
        subject -> Text,
        text -> Text,
        notice -> Text,
        nameless -> Text,
        lang -> Text,
        due_at -> Timestamp,
        upto -> BigInt,
        queued -> BigInt,
        made_by -> BigInt,
        made_at -> Timestamp,
        stopped_at -> Nullable<Timestamp>,
        done_at -> Nullable<Timestamp>,
    }
}

table! {
    invitee_mail (mailing_id, invitee_id) {
        mailing_id -> BigInt,
        invitee_id -> BigInt,
        mail_id -> BigInt,
    }
}

table! {
    mail_optout (owner_id, mark) {
        owner_id -> BigInt,
        mark -> Binary,
        since -> Timestamp,
    }
}

table! {
    mail_trouble (kind) {
        kind -> Text,
        since -> Timestamp,
        reply -> Text,
    }
}

table! {
    paper_batch (id) {
        id -> BigInt,
        round_id -> BigInt,
        number -> BigInt,
        unit_id -> BigInt,
        channel -> Text,
        version_id -> BigInt,
        collected_on -> Date,
        handed_out -> BigInt,
        returned -> BigInt,
        valid -> BigInt,
        seal -> Text,
        twice -> Bool,
        made_by -> BigInt,
        made_at -> Timestamp,
        note -> Text,
        closed_at -> Nullable<Timestamp>,
    }
}

table! {
    paper_form (batch_id, number) {
        batch_id -> BigInt,
        number -> BigInt,
        first -> Text,
        first_by -> BigInt,
        second -> Text,
        second_by -> Nullable<BigInt>,
        settled_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        turned_away -> Bool,
    }
}

table! {
    paper_aside (batch_id, question) {
        batch_id -> BigInt,
        question -> Text,
        sheets -> BigInt,
    }
}

table! {
    frame (round_id, number) {
        round_id -> BigInt,
        number -> BigInt,
        mark -> Text,
        taken_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        forms -> BigInt,
        content -> Text,
    }
}

table! {
    frame_column (round_id, number, block, name) {
        round_id -> BigInt,
        number -> BigInt,
        block -> BigInt,
        name -> Text,
        bytes -> Binary,
    }
}

table! {
    exclusion (id) {
        id -> BigInt,
        round_id -> BigInt,
        rule -> Text,
        reason -> Text,
        forms -> BigInt,
        made_at -> Timestamp,
        made_by -> BigInt,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<BigInt>,
        undone_reason -> Text,
        unit_id -> Nullable<BigInt>,
        first_day -> Nullable<Date>,
        last_day -> Nullable<Date>,
    }
}

table! {
    excluded_form (round_id, submission_id, exclusion_id) {
        round_id -> BigInt,
        submission_id -> Binary,
        exclusion_id -> BigInt,
    }
}

table! {
    excluded_tally (round_id, version_id, unit_id, channel, stratum) {
        round_id -> BigInt,
        version_id -> BigInt,
        unit_id -> BigInt,
        channel -> Text,
        stratum -> Text,
        n -> BigInt,
        cells -> Binary,
    }
}

table! {
    open_answer (round_id, id) {
        round_id -> BigInt,
        id -> BigInt,
        submission_id -> Binary,
        question -> Text,
        version_id -> BigInt,
        unit_id -> BigInt,
        channel -> Text,
        lang -> Text,
        satisfaction -> Nullable<Text>,
        kind -> Nullable<Text>,
        text -> Text,
    }
}

table! {
    open_state (round_id) {
        round_id -> BigInt,
        n -> BigInt,
        withdrawn -> BigInt,
        revision -> BigInt,
        compared_at -> Nullable<Timestamp>,
    }
}

table! {
    theme (id) {
        id -> BigInt,
        round_id -> BigInt,
        code -> Text,
        name -> Text,
        place -> BigInt,
        made_by -> BigInt,
        made_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

table! {
    coding (id) {
        id -> BigInt,
        round_id -> BigInt,
        theme_id -> BigInt,
        is_on -> Bool,
        rule -> Nullable<Text>,
        made_by -> BigInt,
        made_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

table! {
    coding_mark (round_id, answer_id, coding_id) {
        round_id -> BigInt,
        answer_id -> BigInt,
        coding_id -> BigInt,
    }
}

table! {
    theme_example (theme_id) {
        theme_id -> BigInt,
        round_id -> BigInt,
        answer_id -> BigInt,
        text -> Text,
        chosen_by -> BigInt,
        chosen_at -> Timestamp,
    }
}

joinable!(coding -> account (made_by));
joinable!(coding_mark -> coding (coding_id));
joinable!(theme_example -> account (chosen_by));
joinable!(paper_batch -> round (round_id));
joinable!(paper_aside -> paper_batch (batch_id));
joinable!(paper_form -> paper_batch (batch_id));
joinable!(account_mail -> account (account_id));
joinable!(questionnaire_draft -> account (changed_by));
joinable!(questionnaire_history -> account (changed_by));
joinable!(forgotten -> round (round_id));
joinable!(succession_part -> succession (succession_id));
joinable!(account -> unit (unit_id));
joinable!(session -> account (account_id));
joinable!(account_link -> account (account_id));
joinable!(account_role -> unit (unit_id));
joinable!(audit -> account (account_id));
joinable!(audit -> unit (unit_id));
joinable!(approval_rule -> unit (unit_id));
joinable!(api_token -> unit (unit_id));
joinable!(unit_level -> unit (unit_id));
joinable!(round -> unit (owner_id));
joinable!(campaign_round -> campaign (campaign_id));
joinable!(campaign_round -> round (round_id));
joinable!(contact_limit -> unit (unit_id));
joinable!(round_method -> account (changed_by));
joinable!(release_table -> account (chosen_by));
joinable!(round_step -> account (account_id));
joinable!(round_unit -> unit (unit_id));
joinable!(round_questionnaire -> questionnaire_version (version_id));
joinable!(round_questionnaire -> round (round_id));
joinable!(collector -> round (round_id));
joinable!(collector -> unit (unit_id));
joinable!(alert -> unit (unit_id));
joinable!(alert -> round (round_id));

joinable!(excluded_form -> exclusion (exclusion_id));
joinable!(exclusion -> account (made_by));

allow_tables_to_appear_in_same_query!(
    exclusion,
    excluded_form,
    open_answer,
    open_state,
    theme,
    coding,
    coding_mark,
    theme_example,
    paper_aside,
    paper_batch,
    paper_form,
    meta,
    outbox,
    mail_trouble,
    invitee,
    mailing,
    invitee_mail,
    mail_optout,
    account_mail,
    unit,
    unit_kind,
    unit_kind_above,
    unit_level,
    account,
    account_link,
    account_role,
    audit,
    authenticator,
    recovery_code,
    session,
    sign_in_failure,
    api_token,
    approval,
    approval_rule,
    campaign,
    campaign_questionnaire,
    campaign_round,
    contact_limit,
    questionnaire_version,
    questionnaire_draft,
    questionnaire_history,
    questionnaire_recording,
    media,
    round,
    round_questionnaire,
    round_method,
    release_table,
    round_step,
    unit_choice,
    parents_notice,
    round_unit,
    collector,
    submission,
    receipt,
    tally,
    release,
    danger_word,
    alert,
    unfinished,
    unfinished_part,
    withdrawal,
    access_code,
    access_sheet,
    quota,
    pressure,
    forgotten,
    unfinished_picture,
    picture,
    succession,
    succession_part,
    superior,
);
