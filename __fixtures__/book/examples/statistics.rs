use std::collections::VecDeque;

#[derive(Default)]
struct Rolling {
    window: VecDeque<f64>,
    sum: f64,
}

impl Rolling {
    fn add(&mut self, value: f64, size: usize) -> f64 {
        self.window.push_back(value);
        self.sum += value;
        if self.window.len() > size {
            self.sum -= self.window.pop_front().unwrap_or(0.0);
        }
        self.sum / self.window.len() as f64
    }
}

fn main() {
    let mut rolling = Rolling::default();
    for value in [2.0, 4.0, 6.0] {
        rolling.add(value, 2);
    }
    assert_eq!(rolling.add(8.0, 2), 7.0);
}
