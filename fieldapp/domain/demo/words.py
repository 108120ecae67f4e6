"""Texts that the demo's officers write: notes on visits in vain, on what was seen, and narratives."""

MISSED = {
    "no_one_home": (
        "Knocked three times, waited five minutes. No lights, no vehicle at the curb. Left a card.",
        "Rang and knocked, no answer. Mail from yesterday still in the box.",
        "Nobody came to the door. Neighbor says they left for work before seven.",
        "Called from the porch, went to voicemail. Waited six minutes.",
    ),
    "occupied_no_answer": (
        "Television audible and a curtain moved, nobody opened. Called twice. Left a card.",
        "Light upstairs and footsteps, no answer to three knocks. Waited eight minutes.",
    ),
    "access_blocked": (
        "Street gate locked, no bell. Called the number on file, no answer.",
        "Water main works, block closed from both ends. Could not get near the door.",
    ),
    "rescheduled": ("Asked by phone this morning to come another day: medical appointment. New day agreed.",),
    "absent_from_work": ("Shift lead says they called in sick today. Expected back tomorrow.",),
    "off_shift": ("Foreman says they are on the late shift this week, from two o’clock.",),
    "refused_entry": (
        "“You are not coming in today, talk to my lawyer.” Said at the door by the supervisee, calm. I left at once.",
    ),
}
NOTES = {
    "safety.animals_loose": ("Large dog loose in the front yard, called in by a child.",),
    "safety.structure": ("Third step to the porch is broken through.",),
    "residence.changes": ("A cousin has moved into the back room.", "New lock on the rear door; they have the key."),
    "residence.lives_here": ("No clothing in the room that was shown as theirs. Mother says they stay most nights.",),
    "home.habitability": ("Kitchen ceiling leaks, buckets on the floor. Landlord was told.",),
    "compliance.alcohol": ("Two open beer cans on the kitchen table, one half full.",),
    "compliance.paraphernalia": (
        "Glass pipe with residue on the kitchen counter, left of the sink, in plain view from the doorway.",
    ),
    "compliance.intoxication": ("Smell of alcohol on the breath, speech slow. Says one beer with lunch.",),
    "asked.police_contact": ("Stopped in traffic last week on Eastern Avenue, no citation, says they.",),
    "asked.new_arrest": ("Says they were held overnight on Saturday and released without charge.",),
    "asked.curfew_kept": ("Came home 40 minutes late on Thursday: bus line was down. Report shows the same.",),
    "discussion.health": ("Mother came out of hospital on Monday and needs care at night.",),
}
NO_PHOTO = ("Household asked for no photos; described in the note.", "Left before a photo could be taken safely.")
GIST = (
    "Says they leave for work at six and come home in the evening, every day this month.",
    "Says things are quiet. Wants to know when the next visit will be.",
)
KIN = (("Loretta", "mother"), ("Deandre", "brother"), ("Marisol", "partner"), ("Grace", "aunt"), ("Tobias", "roommate"))
CHILDREN = (("child, about 6", "daughter"), ("child, about 9", "nephew"))
POSITIONS = ("Driver’s helper", "Line cook", "Loader", "Cleaner", "Counter staff", "Grounds crew")
INSTRUCTIONS = (
    "Bring the last two pay stubs to the office.",
    "Call before Friday with the appointment at the clinic.",
    "Keep the hallway clear for the next visit.",
    "Report any contact with police within 72 hours.",
)
GOES_WELL = (
    "Has kept every appointment this month.",
    "Proud of four months in the same job.",
    "Took up night classes at the community college.",
)
QUIET = (
    "Supervisee opened the door and let us in. Talked in the living room about work and money. Home in good order.",
    "Met in the kitchen. Calm, on time, nothing out of the ordinary seen in the rooms that were shown.",
    "Short visit. Showed pay stub, spoke about the appointment next week. No concerns seen.",
    "Met in the front room with family present. Asked about treatment; says it goes well and named the counselor.",
)
AT_DOOR = ("Spoke on the porch for some minutes. Did not go in. Supervisee was on the way to work.",)
AT_WORK = ("Seen at the loading dock in work clothes. Spoke for three minutes during a break.",)
FOUND = "Asked about it, supervisee answered calmly. Told that it goes to the supervisor and what may follow."
