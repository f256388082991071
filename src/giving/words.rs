//! The words by which sentences give work, for the small grammar that knows no more of them.

/// Words, separated by spaces.
pub(super) type Words = &'static str;

/// Verbs that give no work: what one is, has, gets or brings along.
pub(super) const NO_WORK: Words = "\
    be am is are was were been being have has had do does did can could may might must should will would need \
    needs want wants find receive receives enjoy enjoys love loves like likes feel get gets gain earn earns \
    benefit join joins joining become becomes belong fit fits see know knows understand believe hear thrive \
    live possess possesses bring brings grow apply fill require requires offer offers report reports come \
    comes start starts pay pays not never always often also think qualify choose remain continue wish prefer \
    meet meets succeed stay agree expect considered use using looking compete ll re ve";

/// Words that are no verbs, where a verb is looked for.
pub(super) const NO_VERB: Words = "\
    for of in on at with from to by as and or but that which who whose if when where because you we it they \
    he she i this these those our your their its his her us them part full based remote open available hybrid \
    new other one more no so than only team teams job jobs role roles position positions candidate candidates \
    needed wanted required opportunity s across among between within into over during through about around \
    near per without until after before since while whom how why https http www";

/// Those who only work somewhere, or for somebody: "you will work from home".
pub(super) const WHERE: Words = "\
    for from in at under alongside remotely onsite hours with a an as full part hard";

/// What a list of work is called.
pub(super) const TASKS: Words = "\
    activity activities duty duties task tasks responsibility responsibilities accountability \
    accountabilities";

/// What a hire's work as a whole is called, where a verb says what belongs to it.
pub(super) const WORK: Words = "job work role position";

/// Verbs that say what belongs to work.
pub(super) const HOLDS: Words = "\
    include includes involve involves entail entails comprise comprises consist consists encompass \
    encompasses cover covers";

/// What work is for.
pub(super) const AIMS: Words = "purpose mission goal objective aim function challenge focus task job";

/// Verbs of those who hire.
pub(super) const SEEKS: Words = "seek seeks seeking looking searching hire hires hiring recruiting";

/// Verbs of those who say what they lack.
pub(super) const LACKS: Words = "need want look";

/// Those who are answerable, but no hire.
pub(super) const GROUPS: Words = "\
    team company department division we group they office platform firm employer who";

/// Adjectives before those who bear a title.
pub(super) const PRAISED: Words = "successful ideal experienced all each every most new future right";
