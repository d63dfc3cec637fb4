//! What moving the window costs with a million and with ten million events.
//!
//! Asked is, under two facet filters: how many events are in a window of 30 days and how many may be, how
//! many there are at each of 20,000 places by class, and how many there are on each day by class. The engine
//! of the program and two plainer ways answer the same, and their answers are compared in the same run.
//!
//! ```sh
//! cargo bench --bench scrub                    # both sizes
//! cargo bench --bench scrub -- 1000000         # one
//! cargo bench --bench scrub -- --codes FOLDER  # the same events for the scripts of other tools
//! ```

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may panic, and prints")]

mod codes;
mod engine;
mod other_ways;
mod question;
#[path = "../support/mod.rs"]
mod support;

use std::hint::black_box;

use sitrep_atlas::data;

use engine::Engine;
use other_ways::{Search, pass};
use question::{JUMPS, STEPS, jump, step};
use support::measure::{Times, resident_bytes};
use support::places::{MadeUpPlace, places};
use support::rows::{Row, rows};

const SEED: u64 = 2022;
const SIZES: [usize; 2] = [1_000_000, 10_000_000];
/// How often the steps, the jumps and the changes of the filter are gone through.
const ROUNDS: i32 = 3;
const CHANGES: i32 = 20;
/// One of so many steps and jumps is compared with a recount.
const COMPARED: i32 = 300;
/// So many of the answers that need a pass over all events are measured.
const PASSES: i32 = 10;

fn main() {
    // Cargo adds an argument of its own.
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let places = places(&data::basemap::load().unwrap(), SEED);
    match args.as_slice() {
        [] => SIZES.iter().for_each(|size| measure(*size, &places)),
        [size] => measure(size.parse().unwrap(), &places),
        [_, folder] => codes::write(&rows(SIZES[0], SEED), &places, folder.as_ref()).unwrap(),
        _ => println!("either a number of events, or --codes and a folder"),
    }
}

fn measure(size: usize, places: &[MadeUpPlace]) {
    let rows = rows(size, SEED);
    println!(
        "\n{size} events at {} places, 2015 to 2022; a window of 30 days, two facets",
        places.len()
    );
    engine_way(&rows, places);
    search_way(&rows, places);
    pass_way(&rows, places);
}

fn engine_way(rows: &[Row], places: &[MadeUpPlace]) {
    let before = resident_bytes();
    let mut built = Times::default();
    let mut engine = built.time(|| Engine::new(rows, places, step(0)));
    let [mut steps, mut reads, mut jumps, mut changes] = [(); 4].map(|()| Times::default());
    let compare = |engine: &Engine, others, days| {
        let is_right = engine.answer() == pass(rows, places, others, days);
        assert!(is_right, "the engine and a recount differ: {days:?}");
    };
    for round in 0..ROUNDS {
        engine.move_to(step(0));
        for number in 1..=STEPS {
            steps.time(|| black_box(engine.move_to(black_box(step(number)))));
            reads.time(|| black_box(engine.at_all_places()));
            if round == 0 && number % COMPARED == 7 {
                compare(&engine, false, step(number));
            }
        }
        for number in 0..JUMPS {
            jumps.time(|| black_box(engine.move_to(black_box(jump(number)))));
            if round == 0 && number % COMPARED == 7 {
                compare(&engine, false, jump(number));
            }
        }
        engine.move_to(step(0));
        for number in 0..CHANGES {
            let others = number % 2 == 0;
            changes.time(|| engine.set_filter(black_box(others)));
            if round == 0 && number < 2 {
                compare(&engine, others, step(0));
            }
        }
    }
    println!("engine   step of a day      {}", steps.words());
    println!("         read all places    {}", reads.words());
    println!("         jump               {}", jumps.words());
    println!("         filter changed     {}", changes.words());
    let events = f64::from(u32::try_from(rows.len()).unwrap());
    let bytes = f64::from(u32::try_from(engine.bytes()).unwrap()) / events;
    let grown = before.zip(resident_bytes()).map_or_else(String::new, |(before, after)| {
        format!("; the process grew by {:.1}", (after - before) / events)
    });
    println!("         built in           {}", built.words());
    println!("         {bytes:.1} bytes an event, all facets and indexes in it{grown}");
}

/// Days are searched for in sorted columns and counted afresh; the counts by day come from a cube.
fn search_way(rows: &[Row], places: &[MadeUpPlace]) {
    let mut built = Times::default();
    let mut search = built.time(|| Search::new(rows, places));
    search.set_filter(false);
    let [mut steps, mut jumps, mut changes] = [(); 3].map(|()| Times::default());
    for number in 1..=STEPS {
        steps.time(|| search.move_to(black_box(step(number))));
        black_box(&search.answer);
        if number % COMPARED == 7 {
            assert!(search.answer == pass(rows, places, false, step(number)), "step {number}");
        }
    }
    for number in 0..JUMPS {
        jumps.time(|| search.move_to(black_box(jump(number))));
        black_box(&search.answer);
    }
    for number in 0..CHANGES {
        changes.time(|| {
            search.set_filter(number % 2 == 0);
            search.move_to(step(0));
        });
        black_box(&search.answer);
    }
    println!("search   step of a day      {}", steps.words());
    println!("         jump               {}", jumps.words());
    println!("         filter changed     {}", changes.words());
    println!("         built in           {}", built.words());
}

fn pass_way(rows: &[Row], places: &[MadeUpPlace]) {
    let mut steps = Times::default();
    for number in 1..=PASSES {
        black_box(steps.time(|| pass(rows, places, false, step(number))));
    }
    println!("one pass any of them        {}", steps.words());
}
