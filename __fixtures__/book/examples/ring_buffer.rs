use slab::Slab;
use std::collections::VecDeque;

// ANCHOR: ring
struct Ring {
    readings: Slab<f32>,
    order: VecDeque<usize>,
    size: usize,
}

impl Ring {
    fn push(&mut self, reading: f32) -> usize {
        if self.order.len() == self.size {
            if let Some(oldest) = self.order.pop_front() {
                self.readings.remove(oldest);
            }
        }
        let key = self.readings.insert(reading);
        self.order.push_back(key);
        key
    }
}
// ANCHOR_END: ring

fn main() {
    let mut ring = Ring { readings: Slab::new(), order: VecDeque::new(), size: 60 };
    for minute in 0..90 {
        ring.push(minute as f32);
    }
    assert_eq!(ring.readings.len(), 60);
}
