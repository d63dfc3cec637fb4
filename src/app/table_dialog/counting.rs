//! What choices would cost, counted over the whole file on threads of their own, the newest wish first.

use std::sync::Arc;

use egui::Context;

use super::super::document::TableRead;
use super::super::job::Job;
use crate::data::import::{Mapping, Progress, Report, Survey, Swapped};

/// What became of the rows under a mapping.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) report: Report,
    pub(super) swapped: Option<Swapped>,
}

/// What is counted, and what is being counted.
#[derive(Default)]
pub(super) struct Counting {
    survey: Option<Survey>,
    surveying: Job<Option<Survey>>,
    survey_asked: bool,
    counted: Option<(Mapping, Counted)>,
    counts: Job<(Mapping, Result<Counted, String>)>,
    wanted: Option<Mapping>,
    failed: Option<String>,
    progress: [Arc<Progress>; 2],
}

impl Counting {
    /// Counts what is not known yet.
    pub(super) fn follow(&mut self, ctx: &Context, table: &Arc<TableRead>, mapping: &Mapping) {
        if !self.survey_asked {
            self.survey_asked = true;
            let (table, progress) = (Arc::clone(table), Arc::clone(&self.progress[0]));
            self.surveying.start(ctx, move || table.opened.table.survey(&progress).ok());
        }
        if let Some(survey) = self.surveying.done() {
            self.survey = survey;
        }
        if let Some((of, counted)) = self.counts.done() {
            match counted {
                Ok(counted) => self.counted = Some((of, counted)),
                Err(_) if self.progress[1].is_stopped() => self.wanted = None,
                Err(why) => self.failed = Some(why),
            }
        }
        if self.known(table, mapping).is_some() || self.wanted.as_ref() == Some(mapping) {
            return;
        }
        self.progress[1].stop();
        if self.counts.is_running() {
            return;
        }
        self.failed = None;
        self.progress[1] = Arc::default();
        self.wanted = Some(mapping.clone());
        let (table, progress) = (Arc::clone(table), Arc::clone(&self.progress[1]));
        let mapping = mapping.clone();
        self.counts.start(ctx, move || {
            let mut copy = table.opened.table.clone();
            copy.map(mapping.clone());
            let count = || {
                let report = copy.read(&progress)?.report;
                Ok(Counted { report, swapped: copy.swapped(&progress)? })
            };
            let counted = count().map_err(|error: std::io::Error| error.to_string());
            (mapping, counted)
        });
    }

    /// What is known of a mapping.
    pub(super) fn known(&self, table: &TableRead, mapping: &Mapping) -> Option<Counted> {
        if table.opened.table.mapping() == mapping {
            let (report, swapped) = (table.how.report.clone(), table.how.swapped.clone());
            return Some(Counted { report, swapped });
        }
        self.counted.as_ref().filter(|(of, _)| of == mapping).map(|(_, counted)| counted.clone())
    }

    pub(super) fn survey(&self) -> Option<&Survey> {
        self.survey.as_ref()
    }

    /// Why it could not be counted.
    pub(super) fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// Gives up what is under way.
    pub(super) fn stop(&mut self) {
        for progress in &self.progress {
            progress.stop();
        }
        if self.survey.is_none() {
            (self.survey_asked, self.surveying) = (false, Job::default());
        }
        self.progress = Default::default();
        (self.wanted, self.counts) = (None, Job::default());
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        for progress in &self.progress {
            progress.stop();
        }
    }
}
