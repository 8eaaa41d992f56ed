fn main() {
    println!("0 mm");
}
