/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-desk.h"
#include "linli-hub.h"
#include "linli-sync-client.h"

#include "../services/powercut-vfs.h"

G_BEGIN_DECLS

/* A hub and its desks in one process, on disks that lose their power, over a
 * network that loses, doubles, delays and tears, in a time that only the
 * simulator moves. Everything follows from the seed. */

#define SIM_SECOND    G_GINT64_CONSTANT (1000000) /* microseconds */
#define SIM_MAX_DESKS 7
#define SIM_CENTRE    3 /* desks of the centre, at the start; clones join */
#define SIM_DESKS     4 /* with the one of a handling unit, the last */
#define SIM_LAST      20 /* lines of the trace that a failure is told with */

typedef struct _Sim Sim;

typedef struct
{
  LinliClock parent;
  Sim       *sim;
  gint64     offset; /* microseconds that this machine's clock is wrong by */
} SimClock;

typedef struct
{
  Sim             *sim;
  guint            n;
  PowercutDisk    *disk;
  PowercutDisk    *image;      /* (nullable) an older copy of the disk */
  LinliConn       *conn;       /* (nullable) while it is off */
  LinliConn       *fresh;      /* (nullable) */
  LinliSyncClient *client;
  LinliDesk       *desk;
  GRand           *rand;       /* what its programs draw from */
  LinliIdSource    chance;
  SimClock         clock;
  char            *unit;       /* (owned) (nullable) whose it is; the centre's has none */
  char            *actor;      /* (owned) (nullable) who sits there, when that is not whom its store names */
  guint            generation; /* counts starts: what was meant for an earlier one is lost */
  gint64           tick_at;
  guint64          answered;   /* the newest request that has had a reply, since it started */
  gboolean         signed_out; /* the hub does not take its token */
  gboolean         cut_up;     /* nothing reaches the hub */
  gboolean         cut_down;   /* nothing comes back */
  char            *seen_epoch; /* (owned) (nullable) of the history below */
  gint64           seen_rev;   /* how far it was complete when last looked at */
  gboolean         broken;     /* stays off while the others are to finish */
} SimDesk;

typedef struct
{
  PowercutDisk *disk;
  PowercutDisk *backup; /* (nullable) */
  LinliConn    *conn;   /* (nullable) while it is down */
  guint         n_epochs;
} SimHub;

/* How likely things are, drawn for each seed: some runs know only one kind of
 * trouble, some all. Chances in thousandths. */
typedef struct
{
  int drop, twice, slow, torn, portal, refuse, sign_out;
  int desk_crash, hub_crash, desk_off, hub_off, hub_fault;
  int restore, image, clone, collect, full, busy, clock_step;
} SimMix;

/* Connections that wait for a file, see sim-line.c */
typedef struct
{
  PowercutDisk *garage;  /* where they wait */
  GPtrArray    *idle[2]; /* (owned) of desks, of hubs */
  GHashTable   *busy;    /* (owned) connection -> what it was when idle */
  guint         n_spares;
} SimLines;

/* Where every seed begins. */
typedef struct
{
  PowercutDisk *hub;
  PowercutDisk *desks[SIM_DESKS];
  char         *unit;        /* of the last desk, and who sits there */
  char         *handler;
  PowercutDisk *reference;   /* a hub's tables, made of its list alone */
  gint64        n_reference; /* how many of its list */
  PowercutDisk *empty;       /* a store with nothing in it */
  SimLines      lines;
} SimTemplate;

struct _Sim
{
  guint64         seed;
  const SimTemplate *template; /* (unowned) (nullable) while it is made */
  SimLines       *lines;    /* (unowned) (nullable) */
  guint           n_opened; /* connections */
  GRand          *rand;
  gint64          mono;     /* microseconds since the start */
  guint64         n_events;
  GPtrArray      *queue;    /* (owned) what is to happen */
  guint64         order;
  SimMix          mix;
  gboolean        calm;     /* no more trouble */
  LinliWireConfig config;
  SimHub          hub;
  SimDesk         desks[SIM_MAX_DESKS];
  guint           n_desks;
  guint           n_actions; /* of users, to come */
  GChecksum      *trace;
  gboolean        verbose;
  char           *last[SIM_LAST]; /* (owned) (nullable) the newest lines of the trace, going round */
  guint           n_lines;
  gint64          mark;     /* how far everybody was when last looked at */
  guint64         marked_at; /* n_events when that last changed */
  gint64          reserved; /* for the push at hand, see SimEvent */
  char           *failure;  /* (owned) (nullable) first broken promise */
  guint64         n_operations;
  guint64         n_refused;
  guint64         n_merged;
  guint64         n_bootstraps;
  guint64         n_crashes;
};

typedef enum
{
  SIM_TICK,
  SIM_USER,
  SIM_REQUEST,
  SIM_REPLY,
  SIM_TIMEOUT,
  SIM_BOOT,
  SIM_HUB_BOOT,
  SIM_TROUBLE,
} SimEventKind;

typedef struct
{
  gint64       at;
  guint64      order;
  SimEventKind kind;
  guint        desk;
  guint        generation;
  int          call;
  guint64      request;
  guint        status;
  gint64       retry_after;
  char        *device;
  char        *text;
  GBytes      *body;
  gint64       reserved; /* revision below those taken for it before it waits: only with a bug put in */
} SimEvent;

extern const gint64 sim_begin; /* microseconds UTC */

/* sim-world.c */
void      sim_fail        (Sim *sim, const char *format, ...) G_GNUC_PRINTF (2, 3);
void      sim_note        (Sim *sim, const char *format, ...) G_GNUC_PRINTF (2, 3);
int       sim_draw        (Sim *sim, int most);
gboolean  sim_chance      (Sim *sim, int thousandths);
SimEvent *sim_schedule    (Sim *sim, SimEventKind kind, gint64 delay);
void      sim_event_free  (gpointer data);
void      sim_init        (Sim *sim, guint64 seed);
void      sim_clear       (Sim *sim);
void      sim_run         (Sim *sim, gint64 until);
gboolean  sim_is_quiet    (Sim *sim);
gint64    sim_get_mark    (Sim *sim);
void      sim_tell_last   (Sim *sim);
gint64    sim_clock_now   (LinliClock *clock);
void      sim_seed_chance (LinliIdSource *source, GRand *rand);

/* sim-desk.c */
void      sim_desk_boot   (SimDesk *self);
void      sim_desk_off    (SimDesk *self, gboolean power_cut);
void      sim_desk_leave  (SimDesk *self);
void      sim_desk_step   (SimDesk *self, LinliSyncEvent *event);
void      sim_desk_user   (SimDesk *self);
void      sim_desk_make   (Sim *sim, guint n, PowercutDisk *disk);
void      sim_desk_seat   (SimDesk *self, const char *unit, const char *actor);

/* sim-hub.c */
void      sim_hub_boot    (Sim *sim);
void      sim_hub_off     (Sim *sim);
void      sim_hub_handle  (Sim *sim, SimEvent *request);
void      sim_hub_restore (Sim *sim);
gboolean  sim_hub_admit   (SimDesk *desk, const char *device, char **prefix, GError **error);

/* sim-user.c */
LinliOutcome *sim_user_act (SimDesk *self, GError **error);
void      sim_user_furnish (SimDesk *self);

/* sim-trouble.c */
void      sim_trouble_mix  (Sim *sim);
void      sim_trouble      (Sim *sim);
void      sim_calm         (Sim *sim);

/* sim-check.c */
void      sim_check_desk   (SimDesk *self);
void      sim_check_end    (Sim *sim);

void      sim_check_reference (Sim *sim, LinliConn *reference, gint64 n_known);

/* sim-taken.c */
gboolean  sim_was_taken_away (SimDesk *self, const char *operation);

/* sim-template.c */
void      sim_template_make  (SimTemplate *self);
void      sim_template_clear (SimTemplate *self);
void      sim_from_template  (Sim *sim, SimTemplate *self);

/* sim-line.c */
void       sim_lines_init    (SimLines *self);
void       sim_lines_clear   (SimLines *self);
LinliConn *sim_open          (Sim *sim, PowercutDisk *disk, const char *name, GError **error);
void       sim_close         (Sim *sim, PowercutDisk *disk, const char *name, gboolean tidy, LinliConn **line);

#define SIM_MAIN  "/sim/linli.db"
#define SIM_OLD   "/sim/old.db"
#define SIM_FRESH "/sim/fresh.db"
#define SIM_HUB   "/sim/hub.db"

G_END_DECLS
