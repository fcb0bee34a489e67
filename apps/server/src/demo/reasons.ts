/** What people write when they are right, besides the reason that a task itself brings. None speaks of a side or a topic. */
export const whenRight = [
  'I checked the central claim myself and only this one holds up; the other gets it wrong in a way that the person would only notice later.',
  'This one keeps to everything that was asked, including the limits, while the other skips one of the conditions without saying that it does.',
  'Both look fine at first sight, but this one covers the case that makes the question hard, and the other answers an easier question.',
  'The difference is in the middle part: here the step is justified and correct, there it is asserted and does not follow from what came before.',
  'I would send this one as it is. The other one needs at least one correction before anybody could rely on what it says.',
  'Shorter, and nothing that matters is missing. The other repeats itself and still leaves out the point that the person asked about last.',
  'This answer says where its limits are and what to check next, which is exactly what I would want before acting on either of them.',
  'The details match what I know from practice. In the other answer one figure is off, and it happens to be the one that decides the outcome.',
]

/** What people write when they are taken in: honest impressions that miss the point. */
export const whenWrong = [
  'It reads more smoothly and is better organised, with headings that let me find what I need, so I would rather have received this one.',
  'More complete, with more background and more options to choose from; the other felt a little thin to me for a question of this kind.',
  'The tone is friendlier and it explains each step, which I think most people would find more helpful than the drier one beside it.',
  'It gives a clear recommendation at the top, and I did not see anything in it that I would disagree with after reading it twice.',
]

/** For ties of every kind. */
export const whenTied = [
  'I went through both twice and cannot find a point on which one is ahead; what one says better at the start the other says better at the end.',
  'They share the same strength and the same gap, so I would not mind which of the two I received, and would add the same sentence to both.',
]
