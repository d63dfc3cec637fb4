//! Opening the window, and saying in one sentence why it could not be opened.

use std::panic;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use super::atlas::Atlas;
use super::project::Folders;
use crate::data::{FigureFile, Loaded, MappingFrom, ProjectFile};
use crate::domain::basemap::Basemap;

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No display.
    #[error(
        "there is no display that a window could open on: use `sitrep render -o figure.png`, which needs none"
    )]
    NoDisplay,
    /// A system library of the window is missing.
    #[error(
        "the window needs a system library that is missing ({library}): on Debian or Ubuntu install {package}; `sitrep render -o figure.png` needs none"
    )]
    MissingLibrary {
        /// The library as the loader names it.
        library: String,
        /// The Debian package that holds it.
        package: &'static str,
    },
    /// Anything else.
    #[error(
        "the window could not be opened ({0}): `sitrep render -o figure.png` makes figures without one"
    )]
    Other(String),
}

/// Libraries that the window loads when it opens, and their Debian packages.
const LIBRARIES: [(&str, &str); 10] = [
    ("libxkbcommon-x11", "libxkbcommon-x11-0"),
    ("libxkbcommon", "libxkbcommon0"),
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXi", "libxi6"),
    ("libXrandr", "libxrandr2"),
    ("libwayland", "libwayland-client0"),
    ("libEGL", "libegl1 and libgl1-mesa-dri"),
    ("libGL", "libgl1 and libgl1-mesa-dri"),
];

/// How the window is opened.
#[must_use]
pub fn window_options() -> eframe::NativeOptions {
    eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Sitrep")
            .with_app_id("sitrep")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([760.0, 480.0]),
        renderer: eframe::Renderer::Glow,
        // Colours are exactly those of the figures, and a frame costs less without a graphics card.
        dithering: false,
        ..Default::default()
    }
}

/// What the window does when it opens.
#[derive(Debug, Default)]
pub struct First {
    /// Shows the view of a figure.
    pub figure: Option<FigureFile>,
    /// Shows a project, whose data was opened.
    pub project: Option<ProjectFile>,
    /// Opens a file in place of the record, with what a person says of its columns.
    pub file: Option<(PathBuf, Option<MappingFrom>)>,
}

/// Opens the window on a record, and stays until it is closed.
///
/// # Errors
/// [`AppError`] when there is no display, a system library is missing or the graphics cannot be set up.
pub fn run(loaded: Loaded, basemap: Basemap, first: First) -> Result<(), AppError> {
    let options = window_options();
    // The window libraries panic when a system library is missing: that is caught and told as an error.
    let message = Arc::new(Mutex::new(None::<String>));
    let heard = Arc::clone(&message);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let text = info.to_string();
        if missing_library(&text).is_some() {
            *heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
        } else {
            before(info);
        }
    }));
    let opened = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        eframe::run_native(
            "Sitrep",
            options,
            Box::new(|creation| {
                let mut atlas = Atlas::new(&creation.egui_ctx, loaded, basemap);
                atlas.keep_in(&creation.egui_ctx, Folders::of_person());
                let (ends, ctx) = (atlas.ends(), creation.egui_ctx.clone());
                // Without it the system ends the program as it does others.
                let _ = ctrlc::set_handler(move || {
                    ends.store(true, Ordering::Relaxed);
                    ctx.request_repaint();
                });
                if let Some(figure) = &first.figure {
                    atlas.reopen(figure);
                }
                if let Some(project) = first.project {
                    atlas.show_project(project);
                }
                if let Some((path, mapping)) = first.file {
                    atlas.open(&creation.egui_ctx, path, mapping);
                }
                Ok(Box::new(atlas))
            }),
        )
    }));
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(explain(&error.to_string())),
        Err(payload) => {
            let text = message.lock().unwrap_or_else(PoisonError::into_inner).take();
            match text.as_deref().and_then(missing_library) {
                Some(error) => Err(error),
                None => panic::resume_unwind(payload),
            }
        }
    }
}

fn explain(text: &str) -> AppError {
    let text = without_source_path(text);
    let says = |parts: &[&str]| parts.iter().any(|p| text.contains(p));
    let missing =
        |library: &str, package| AppError::MissingLibrary { library: library.to_owned(), package };
    if let Some(error) = missing_library(text) {
        error
    } else if says(&["xlib's shared libraries"]) {
        missing("one of the X11 libraries", "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2")
    } else if says(&["no glutin configs", "GLX", "EGL"]) {
        missing("OpenGL", "libgl1 libegl1 libgl1-mesa-dri")
    } else if says(&[
        "DISPLAY",
        "XOpenDisplay",
        "connection to X server",
        "NoCompositor",
        "no display",
    ]) {
        AppError::NoDisplay
    } else {
        AppError::Other(text.replace('\n', " "))
    }
}

/// The message without the place in somebody's source that some of these begin with.
fn without_source_path(text: &str) -> &str {
    let after = text.find(".rs:").and_then(|i| text[i..].find(": ").map(|j| i + j + 2));
    after.map_or(text, |i| &text[i..])
}

/// The missing library that a message of the loader names.
fn missing_library(text: &str) -> Option<AppError> {
    let told =
        ["could not be loaded", "cannot open shared object", "LibraryOpenError", "failed to load"];
    if !told.iter().any(|t| text.contains(t)) {
        return None;
    }
    LIBRARIES.iter().find(|(library, _)| text.contains(library)).map(|(library, package)| {
        AppError::MissingLibrary { library: (*library).to_owned(), package }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_told_with_its_package() {
        let error = explain("Library libxkbcommon-x11.so could not be loaded.");
        assert!(error.to_string().contains("libxkbcommon-x11-0"), "{error}");
    }

    #[test]
    fn the_libraries_that_are_only_told_as_a_group_are_named_as_one() {
        let x11 = "os error at a/b/linux/mod.rs:788: Failed to load one of xlib's shared libraries";
        for (text, package) in [
            (x11, "libxcursor1"),
            ("Found no glutin configs matching the template: ConfigTemplate { .. }", "libegl1"),
        ] {
            let told = explain(text).to_string();
            assert!(told.contains(package) && !told.contains("mod.rs"), "{told}");
        }
    }

    #[test]
    fn without_a_display_the_command_that_needs_none_is_named() {
        for text in [
            "neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.",
            "os error at x/mod.rs:788: Failed to open connection to X server",
        ] {
            let error = explain(text);
            assert!(matches!(error, AppError::NoDisplay), "{error}");
            assert!(error.to_string().contains("sitrep render"), "{error}");
        }
    }
}
