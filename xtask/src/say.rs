//! What a person sees while something takes its time.

use std::time::Instant;

/// Says what begins, and with `done` how long it took.
pub struct Stage {
    name: String,
    begun: Instant,
}

pub fn stage(name: impl Into<String>) -> Stage {
    let name = name.into();
    println!("\n── {name}");
    Stage { name, begun: Instant::now() }
}

impl Stage {
    pub fn done(self) {
        println!("   {}: {:.1} s", self.name, self.begun.elapsed().as_secs_f64());
    }
}

/// A size as people read it.
pub fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}
