//! Each line among its neighbours.

use super::Lines;
use crate::judge::boilerplate::columns::{Column, Page, leaning, octaves, share};
use crate::judge::boilerplate::line::Line;

impl Lines {
    /// Lines with the same words, before and after; near lines of like shape.
    pub(super) fn alike(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        self.hashes.clear();
        self.hashes.extend(
            self.lines
                .iter()
                .enumerate()
                .map(|(i, l)| (l.hash, i as u32)),
        );
        self.hashes.sort_unstable();
        let mut start = 0;
        while start < n {
            let hash = self.hashes.get(start).map_or(0, |h| h.0);
            let same = self
                .hashes
                .iter()
                .skip(start)
                .take_while(|h| h.0 == hash)
                .count();
            if same > 1 && hash != 0 {
                for (k, (_, at)) in self.hashes.iter().skip(start).take(same).enumerate() {
                    page.set(SameBefore, *at as usize, octaves(k as f32));
                    page.set(SameAfter, *at as usize, octaves((same - 1 - k) as f32));
                }
            }
            start += same.max(1);
        }
        for i in 0..n {
            let (units, first, last) = (page.get(Units, i), page.get(First, i), page.get(Last, i));
            let word = self
                .lines
                .get(i)
                .and_then(|l| self.words(l).first().copied());
            let (mut rhythm, mut anaphora, mut ends) = (0, 0, 0);
            for j in [i.wrapping_sub(2), i.wrapping_sub(1), i + 1, i + 2] {
                let Some(other) = self.lines.get(j) else {
                    continue;
                };
                rhythm += ((page.get(Units, j) - units).abs() <= 2) as i8;
                anaphora += (word.is_some() && word == self.words(other).first().copied()) as i8;
                ends += (page.get(Last, j) == last && page.get(First, j) == first) as i8;
            }
            page.set(Rhythm, i, rhythm);
            page.set(Anaphora, i, anaphora);
            page.set(SameLast, i, ends);
        }
    }

    /// What stands before and after, near by and further off.
    pub(super) fn around(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        let total_units: f32 = self.lines.iter().map(|l| l.units).sum();
        let total_prose: f32 = self.prose.iter().sum();
        let (mut units, mut prose, mut rights) = (0.0, 0.0, 0.0);
        let mut state = Near::default();
        let (mut last, mut next) = (0, 0);
        for i in 0..n {
            let Some((l, &p)) = self.lines.get(i).zip(self.prose.get(i)) else {
                break;
            };
            page.set(Place, i, share(i as f32 + 0.5, n as f32));
            page.set(PlaceWords, i, share(units + l.units / 2.0, total_units));
            page.set(PlaceProse, i, share(prose + p / 2.0, total_prose));
            page.set(LinesBefore, i, octaves(i as f32));
            page.set(LinesAfter, i, octaves((n - 1 - i) as f32));
            page.set(RightsBefore, i, octaves(rights));
            state.write(
                page,
                i,
                [
                    NearBefore,
                    FarBefore,
                    ShortBefore,
                    PhraseBefore,
                    SinceProse,
                    LastProse,
                ],
            );
            page.set(LastProsePhrase, i, last);
            if p > 0.0 {
                last = page.get(Phrase, i);
            }
            state.pass(l, p, self.phrase.get(i).copied().unwrap_or(0.0));
            units += l.units;
            prose += p;
            rights += l.rights as f32;
        }
        state = Near::default();
        for i in (0..n).rev() {
            let Some((l, &p)) = self.lines.get(i).zip(self.prose.get(i)) else {
                break;
            };
            state.write(
                page,
                i,
                [
                    NearAfter,
                    FarAfter,
                    ShortAfter,
                    PhraseAfter,
                    UntilProse,
                    NextProse,
                ],
            );
            page.set(NextProsePhrase, i, next);
            if p > 0.0 {
                next = page.get(Phrase, i);
            }
            state.pass(l, p, self.phrase.get(i).copied().unwrap_or(0.0));
        }
        self.follow(page);
        self.lead(page);
        let dated = |j: usize| self.lines.get(j).is_some_and(|l| l.date & 6 != 0) as i32;
        let mut dates = 0;
        for i in 0..n {
            page.set(DatesBefore, i, octaves(dates as f32));
            dates += dated(i);
            let near: i32 = (i.saturating_sub(6)..=i + 6).map(dated).sum();
            page.set(DatesNear, i, octaves(near as f32));
        }
        let mut repeated = 0;
        let again = |page: &Page, j: usize| {
            (page.get(SameBefore, j) + page.get(SameAfter, j) > 0 && page.get(Units, j) > 0) as i32
        };
        for j in 0..n.min(8) {
            repeated += again(page, j);
        }
        for i in 0..n {
            if i + 8 < n {
                repeated += again(page, i + 8);
            }
            if i > 8 {
                repeated -= again(page, i - 9);
            }
            page.set(RepeatedNear, i, repeated.clamp(0, 17) as i8);
        }
    }

    /// What the short lines before say of a line.
    fn follow(&self, page: &mut Page) {
        use Column::*;
        let (mut near, mut far) = (0.0f32, 0.0f32);
        for i in 0..self.lines.len() {
            page.set(FollowNear, i, leaning(near * 0.5));
            page.set(FollowFar, i, leaning(far * 0.25));
            let low = (1..=8)
                .filter_map(|k| self.follow.get(i.wrapping_sub(k)))
                .fold(0.0f32, |low, f| low.min(*f));
            page.set(FollowLow, i, leaning(low * 0.5));
            let own = self.follow.get(i).copied().unwrap_or(0.0);
            near = near * 0.8 + own * 0.4;
            far = far * 0.97 + own * 0.2;
        }
    }

    /// What the short lines after say of a line.
    fn lead(&self, page: &mut Page) {
        use Column::*;
        let mut near = 0.0f32;
        for i in (0..self.lines.len()).rev() {
            page.set(LeadNear, i, leaning(near * 0.5));
            let low = (i + 1..i + 5)
                .filter_map(|j| self.lead.get(j))
                .fold(0.0f32, |low, f| low.min(*f));
            page.set(LeadLow, i, leaning(low * 0.5));
            near = near * 0.7 + self.lead.get(i).copied().unwrap_or(0.0) * 0.5;
        }
    }
}

/// What has been passed, fading with the lines.
#[derive(Default)]
struct Near {
    near: f32,
    far: f32,
    short: f32,
    phrase: f32,
    since: f32,
    last: f32,
}

impl Near {
    fn write(
        &self,
        page: &mut Page,
        i: usize,
        [near, far, short, phrase, since, last]: [Column; 6],
    ) {
        page.set(near, i, octaves(self.near));
        page.set(far, i, octaves(self.far));
        page.set(short, i, octaves(self.short * 4.0));
        page.set(phrase, i, leaning(self.phrase * 0.25));
        page.set(since, i, octaves(self.since));
        page.set(last, i, octaves(self.last));
    }

    fn pass(&mut self, line: &Line, prose: f32, phrase: f32) {
        self.near = self.near * 0.7 + prose;
        self.far = self.far * 0.95 + prose;
        self.short = self.short * 0.8 + (line.units < 6.0) as u8 as f32;
        self.phrase = self.phrase * 0.7 + phrase * 0.3;
        if prose > 0.0 {
            self.since = 0.0;
            self.last = prose;
        } else {
            self.since += 1.0;
        }
    }
}
