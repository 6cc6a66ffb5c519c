//! Outlines that PDF and pictures draw alike.

use super::sheet::Area;

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Move(f32, f32),
    Line(f32, f32),
    /// Two handles and the end.
    Curve([f32; 6]),
    Close,
}

/// How long the handles of a quarter of a circle are, in radii.
const QUARTER: f32 = 0.552_285;

/// A rectangle with round corners; with a radius of half its side it is a circle.
pub(super) fn rectangle(Area(x, y, w, h): Area, radius: f32) -> Vec<Step> {
    if radius <= 0.0 {
        return vec![
            Step::Move(x, y),
            Step::Line(x + w, y),
            Step::Line(x + w, y + h),
            Step::Line(x, y + h),
            Step::Close,
        ];
    }
    let r = radius.min(w / 2.0).min(h / 2.0);
    let near = r - r * QUARTER;
    let (right, bottom) = (x + w, y + h);
    vec![
        Step::Move(x + r, y),
        Step::Line(right - r, y),
        Step::Curve([right - near, y, right, y + near, right, y + r]),
        Step::Line(right, bottom - r),
        Step::Curve([right, bottom - near, right - near, bottom, right - r, bottom]),
        Step::Line(x + r, bottom),
        Step::Curve([x + near, bottom, x, bottom - near, x, bottom - r]),
        Step::Line(x, y + r),
        Step::Curve([x, y + near, x + near, y, x + r, y]),
        Step::Close,
    ]
}

/// The arcs of the product's mark, as they stand in `public/mark.svg`: where each begins, half its height and its radius.
const ARCS: [(f32, f32, f32); 3] = [(13.2, 5.7, 8.0), (17.8, 10.3, 14.5), (22.4, 14.4, 20.6)];
const MIDDLE: f32 = 16.0;

/// The waves of the mark, to be drawn with lines [`WAVE`] wide.
pub(super) fn waves(at: (f32, f32), scale: f32) -> Vec<Vec<Step>> {
    let arc = |(x, half, radius): (f32, f32, f32)| {
        let angle = (half / radius).asin();
        let handle = 4.0 / 3.0 * (angle / 2.0).tan() * radius;
        let (dx, dy) = (handle * angle.sin(), handle * angle.cos());
        let point = |x: f32, y: f32| (at.0 + x * scale, at.1 + y * scale);
        let ((x1, y1), (x2, y2)) = (point(x + dx, MIDDLE - half + dy), point(x + dx, MIDDLE + half - dy));
        let ((from_x, from_y), (to_x, to_y)) = (point(x, MIDDLE - half), point(x, MIDDLE + half));
        vec![Step::Move(from_x, from_y), Step::Curve([x1, y1, x2, y2, to_x, to_y])]
    };
    ARCS.map(arc).to_vec()
}

/// How wide the lines of the mark's waves are, in its units.
pub(super) const WAVE: f32 = 2.5;

/// The dot of the mark.
pub(super) fn dot(at: (f32, f32), scale: f32) -> Vec<Step> {
    let r = 3.25 * scale;
    rectangle(Area(at.0 + 7.5 * scale - r, at.1 + MIDDLE * scale - r, 2.0 * r, 2.0 * r), r)
}
