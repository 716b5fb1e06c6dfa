"""Interface words in English: on the screen, in pictures and pages, in the diary, and the answers of a runner."""

from collections.abc import Mapping

from coach.languages.screen_words import (
    AnswerWords,
    ChartWords,
    JournalWords,
    KeyNames,
    KeyWords,
    PageWords,
    Question,
    ScreenWords,
    UnclearReason,
    WeekWords,
)

SCREEN = ScreenWords(
    part_of="part {nth} of {count}",
    next_block="then {title}",
    to_block_end="left in this part",
    to_session_end="left in all",
    to_session_end_short="{clock} in all",
    steps_per_minute="steps a minute",
    steps_per_minute_short="{spm}/min",
    breath_in="in",
    breath_out="out",
    waiting_title="In a moment",
    waiting_words="Put your phone away and stand at ease. It starts by itself.",
    to_start="until we begin",
    paused_title="Paused",
    paused_words="Take your time. Press space when you are ready.",
    lost_title="No sound",
    lost_words="Your headset or speaker is gone. Reconnect it, or connect another, and the run carries on by itself.",
    stop_title="Stop?",
    walk_out="walk out gently, then stop",
    stop_now="stop now",
    go_on="keep going",
    stopping="We are stopping.",
    help_title="Keys",
    tap_title="Tap along",
    tap_words="Tap a key on every step. Stop tapping, and your rhythm becomes the beat.",
    tap_again="That was too little to go by. Try again, with ten even taps.",
    taps="taps",
    taps_short="{count} taps",
    ticks="Ticks",
    voice="Voice",
    off="off",
    louder="louder",
    softer="softer",
    level="{name}: {level}",
    guidance={"full": "everything", "light": "a little less", "quiet": "hardly any"},
    notices={
        "pause-at-breath": "Pausing at the next breath",
        "cadence-from-breath": "{amount} steps a minute from the next breath on",
        "cadence-limit": "It stays at {amount} steps a minute",
        "ticks-level": "Ticks: {amount}",
        "voice-level": "Voice: {amount}",
        "guidance": "Guidance: {amount}",
        "device-lost": "The sound has gone",
        "device-back": "The sound is back",
        "words-missing": "A few words could not be said",
    },
    lines_waiting="We begin in {clock}.",
    key_names=KeyNames(space="space", escape="esc", enter="enter"),
    keys=KeyWords(
        space="pause",
        go_on="go on",
        begin="begin now",
        blocks="part",
        cadence="rhythm",
        voice="voice",
        ticks="ticks",
        guidance="less talk",
        stop="stop",
        help="help",
        back="back",
        done="done",
        begin_long="begin now, before the start",
        space_long="pause, and go on",
        blocks_long="previous or next part",
        cadence_long="2 steps a minute fewer or more",
        tap_long="tap your own rhythm",
        ticks_long="then ↑ ↓ change the ticks",
        voice_long="then ↑ ↓ change the voice",
        level_long="louder or softer",
        guidance_long="less talk, or all of it again",
        stop_long="stop, now or after a walk-out",
        ctrl_c_long="stop at once",
    ),
)


CHART = ChartWords(
    steps_per_minute="steps per minute", voice="voice", ticks="ticks", breath="breath", bell="bell", bed="background"
)


PAGE = PageWords(
    play="Play",
    pause="Pause",
    place="Place in the session",
    picture="The session at a glance",
    words="What you hear",
    quiet="{} without words",
    keys="Space plays and pauses, the arrow keys go five seconds back and on. "
    "Click in the picture or on a sentence to listen there.",
    errors="Something to fix",
    advice="Something to consider",
    outdated="You see and hear the session as it was before.",
    lost="The coach cannot be reached. This page carries on by itself as soon as it can.",
    unplayable="This browser cannot play the sound.",
)

_NUMBER: Mapping[UnclearReason, str] = {
    "unclear": "I didn't catch that. A number from 1 to 10 will do, such as 6.",
    "beyond": "The scale runs from 1, completely calm, to 10. Which number comes closest?",
    "several": "Choose one whole number. The first that comes to mind is fine.",
}

WEEK = WeekWords(
    week="Week {number}, {first} to {last}",
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    before="before",
    after="after",
    minutes="{minutes} min",
    none_now="No run yet this week, and that's fine. Whenever you have twenty minutes to spare, that's enough.",
    none_then="You didn't run this week. That's all right, too.",
    kept=(
        "One run. Every run counts, and it needn't be more.",
        "Two runs. That's a good rhythm: often and easy does more than hard.",
        "Three runs. That's a good rhythm: often and easy does more than hard.",
        "Four runs. Lovely. Two or three are enough, too.",
        "More than four runs. Let your body have a day of rest as well: rest is where it grows stronger.",
    ),
    tension="Your tension: {before} before, {after} after.",
    tensions="Your tension, on average: {before} before, {after} after.",
    no_title="A run",
)

JOURNAL = JournalWords(
    welcome="Good to have you here. A few short questions first. Press Enter to skip one.",
    tension=Question(
        asks="How much tension do you feel now, from 1 (completely calm) to 10 (very tense)?", repeats=_NUMBER
    ),
    need=Question(
        asks="What do you need right now: 1 movement, 2 silence, 3 rhythm or 4 fresh air?",
        repeats={
            "unclear": "I didn't catch that. Type a number from 1 to 4, or the word itself.",
            "several": "Either could be good. Choose one: which would help you most right now?",
        },
    ),
    wanted=Question(
        asks="How many minutes would you like to run? Short or long is an answer, too.",
        repeats={
            "unclear": "I didn't catch that. Write 25, for instance, or half an hour.",
            "beyond": "Choose something between 5 minutes and 3 hours, such as 25.",
            "several": "Choose one length, such as 25. You can always walk out sooner.",
        },
    ),
    skipping="Never mind, we'll skip that one.",
    leave="Take a route that you know, or a quiet path. Switch off your notifications.",
    back="You're back. Have a glass of water first.",
    tension_again=Question(asks="How much tension do you feel now, from 1 to 10?", repeats=_NUMBER),
    lower="From {before} to {after}. Take that space with you.",
    same="Still {after}. That's fine, too: you went, and that time was yours.",
    higher="From {before} to {after}. It happens: sometimes you only notice on the way how tense you were. Go gently.",
    lighter=Question(asks="What feels lighter than before you ran? One sentence is enough.", repeats={}),
    stretch="Give your hips, your back and your chest a gentle stretch.",
    kept="Your answers are in your diary. It stays on this computer.",
    why={
        "fresh-air": "Fresh air, then: a run among trees, with little to take in, for a tired head.",
        "time": "You have time: just right for a long, very easy run.",
        "silence": "Silence, then: a run with few words and hardly a tick, your attention on your breath.",
        "late": "There's a lot of tension, and it's late: a short, easy run to let go of the day.",
        "restless": "There's a lot of tension: six light, quick minutes give the restlessness to your legs.",
        "weekend": "Movement, then, and it's the weekend: take the time for a long, very easy run.",
        "movement": "Movement, then: a short run, so easy that you could still chat.",
        "rhythm": "Rhythm, then: a short run in which your breath and your steps fall in together.",
        "morning": "The day is still young: a run with few words, your attention on your breath.",
        "reset": "A short, easy run, to clear your head.",
    },
    fitting="Your run: {title}, {minutes} minutes.",
    no_shorter="{title} can't be shorter than {minutes} minutes. You can always walk out sooner.",
    no_longer="{title} can't be longer than {minutes} minutes.",
    begin=Question(
        asks="Press Enter to go, or type the name of another run.",
        repeats={"unclear": "I don't know that one. There are {names}."},
    ),
    week=WEEK,
)

ANSWERS = AnswerWords(
    skips=("skip", "pass", "none", "no idea", "don't know", "i don't know"),
    needs={
        "movement": ("m", "movement", "move", "moving"),
        "silence": ("s", "silence", "silent", "quiet"),
        "rhythm": ("r", "rhythm"),
        "fresh-air": ("f", "fresh", "air", "outside", "outdoors"),
    },
    out_of_ten=("out of",),
    distances=("k", "km", r"kilomet\w*", "miles?"),
    hours=("h", "hrs?", "hours?"),
    minutes=("m", "mins?", "minutes?"),
    and_a_half=r"( hours?)? and (?:1|a) half",
    phrases={
        "hour and a half": 90.0,
        "3 quarters": 45.0,
        "half": 30.0,
        "quarter": 15.0,
    },
    an_hour=("hour",),
    short=("short", "shorter"),
    long=("long", "longer"),
)
