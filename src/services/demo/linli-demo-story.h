/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-text.h"

G_BEGIN_DECLS

/* One matter's course, from the moment it comes in: who brings it, what is
 * done to it and when. A story is planned whole; what lies after "now" simply
 * has not happened yet, and so the states of the present come about. */

typedef enum
{
  LINLI_DEMO_STEP_INTAKE,
  LINLI_DEMO_STEP_NOTE_INTAKE,
  LINLI_DEMO_STEP_ACCEPT,
  LINLI_DEMO_STEP_CLASSIFY,
  LINLI_DEMO_STEP_ASSIGN,
  LINLI_DEMO_STEP_DISPATCH_WRONG,
  LINLI_DEMO_STEP_NOTE_WRONG,
  LINLI_DEMO_STEP_RECALL,
  LINLI_DEMO_STEP_DISPATCH,
  LINLI_DEMO_STEP_SIGN,          /* n: part */
  LINLI_DEMO_STEP_CONTACT,
  LINLI_DEMO_STEP_WORK,          /* n: part */
  LINLI_DEMO_STEP_JOIN,          /* n: which voice */
  LINLI_DEMO_STEP_NOTE_RESIDENT,
  LINLI_DEMO_STEP_NOTE_SECRETARY,
  LINLI_DEMO_STEP_NOTE_SUPERVISOR,
  LINLI_DEMO_STEP_RELEASE,       /* n: part */
  LINLI_DEMO_STEP_DONE,          /* n: part */
  LINLI_DEMO_STEP_REJECT,
  LINLI_DEMO_STEP_DONE_AGAIN,
  LINLI_DEMO_STEP_PASS,
  LINLI_DEMO_STEP_UNREACHED,
  LINLI_DEMO_STEP_CLOSE,
  LINLI_DEMO_STEP_DECLINE,
  LINLI_DEMO_STEP_WITHDRAW,
  LINLI_DEMO_STEP_RETURN_WRONG,  /* what was dispatched by mistake */
  LINLI_DEMO_STEP_RETURN_LEAD,   /* n: which return of the course */
  LINLI_DEMO_STEP_SEND_AGAIN,
  LINLI_DEMO_STEP_RULE,
  LINLI_DEMO_STEP_ASK_EXTENSION,
  LINLI_DEMO_STEP_GRANT_EXTENSION,
  LINLI_DEMO_STEP_REFUSE_EXTENSION,
  LINLI_DEMO_STEP_ASK_SUSPENSION,
  LINLI_DEMO_STEP_GRANT_SUSPENSION,
  LINLI_DEMO_STEP_RESUME,
} LinliDemoStepKind;

typedef struct
{
  gint64            at;
  LinliDemoStepKind kind;
  guint             n;
} LinliDemoStep;

/* Where a course stands still. */
typedef enum
{
  LINLI_DEMO_HOLD_NONE,
  LINLI_DEMO_HOLD_RECEIVED,
  LINLI_DEMO_HOLD_REGISTERED, /* its dispatch clock runs */
  LINLI_DEMO_HOLD_SENT,       /* sign */
  LINLI_DEMO_HOLD_SIGNED,     /* contact */
  LINLI_DEMO_HOLD_WORKING,    /* resolve */
  LINLI_DEMO_HOLD_REVIEW,
  LINLI_DEMO_HOLD_RESOLVED,   /* callback */
} LinliDemoHold;

typedef enum
{
  LINLI_DEMO_END_CLOSED,
  LINLI_DEMO_END_DECLINED,
  LINLI_DEMO_END_WITHDRAWN,
} LinliDemoEnd;

#define LINLI_DEMO_MAX_PARTS 4
#define LINLI_DEMO_MAX_JOINS 3
#define LINLI_DEMO_N_CHANCES 40

typedef struct
{
  /* Who and what */
  LinliDemoMatter   *matter;   /* (unowned) (nullable): a declined one has none */
  LinliDemoLeaf     *leaf;     /* (unowned) (nullable) */
  JsonObject        *decline;  /* (unowned) (nullable): of demo/desk.json */
  LinliDemoResident *resident; /* (unowned) it is where they live */
  LinliDemoResident *speaker;  /* (unowned) who brings it: most often the same */
  GHashTable        *slots;    /* (owned) */
  const char        *channel;
  guint              text;     /* which of the matter's texts */
  guint              course;   /* which of the two courses its notes tell */
  guint              n_parts;
  const char        *units[LINLI_DEMO_MAX_PARTS];  /* codes; the first one leads */
  guint              handling[LINLI_DEMO_MAX_PARTS]; /* of the matter, per part */
  const char        *wrong_unit; /* (nullable): dispatched to first, by mistake */
  guint              n_joins;
  LinliDemoResident *joins[LINLI_DEMO_MAX_JOINS]; /* (unowned) further voices */

  /* How it goes */
  LinliDemoHold      hold;
  LinliDemoEnd       end;
  gboolean           anonymous;
  gboolean           confidential;
  gboolean           accept_now;
  gboolean           reclassified;
  gboolean           rejected;
  gboolean           unreached;
  gboolean           late;
  gboolean           handled;  /* returned, extended or suspended on the way */
  gboolean           night;    /* what the notes tell of needs a night */
  double             chances[LINLI_DEMO_N_CHANCES];

  /* When: made by linli_demo_story_time() */
  gint64             received;
  GArray            *steps;    /* (owned) LinliDemoStep, in order */
  gint64             due[LINLI_DEMO_N_CLOCKS];
  gint64             dispatched;
  gint64             done;
  gboolean           is_late;  /* as far as it got */

  /* What the store made of it */
  char              *id;       /* (nullable) */
  char              *case_no;
  char              *dispatches[LINLI_DEMO_MAX_PARTS];
  char              *wrong_dispatch;
  gint64             signed_at[LINLI_DEMO_MAX_PARTS];
} LinliDemoStory;

LinliDemoStory *linli_demo_story_new      (GRand               *rand);
void            linli_demo_story_free     (LinliDemoStory      *self);
void            linli_demo_story_time     (LinliDemoStory      *self,
                                           LinliDemoCorpus     *corpus,
                                           const LinliDemoTime *time,
                                           gint64               received);
gint64          linli_demo_story_last     (LinliDemoStory      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDemoStory, linli_demo_story_free)

G_END_DECLS
