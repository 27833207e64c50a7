/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-desk.h"
#include "linli-sqlite.h"

G_BEGIN_DECLS

/* A desk in a small centre, for tests of what commands do: four units, a few
 * leaves, the calendar of 2026 with its spring festival, everybody's roles. */
typedef struct
{
  LinliConn     *conn;
  LinliDesk     *desk;
  LinliFakeClock clock;
  char          *chief; /* account with every role */
  GPtrArray     *units; /* ids */
} CaseDesk;

/* Friday 13 February 2026, 17:00 in China: the next day is a Saturday that is
 * worked, then the festival begins. */
#define CASE_DESK_NOW    G_GINT64_CONSTANT (1770973200000000)
#define CASE_DESK_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

#define CASE_DESK_LEAF      "06.01" /* 井盖: every clock */
#define CASE_DESK_OTHER     "06.02" /* 路灯: other limits */
#define CASE_DESK_CATCH_ALL "06.99"
#define CASE_DESK_CLASS     "06"    /* no leaf */

/* A command that a case in a state refuses. */
typedef struct
{
  const char *state, *command, *args, *reason, *field;
} CaseGuard;

/* A case in a state, with a lead and an assisting unit once dispatched. */
typedef struct
{
  char *id;
  char *lead;   /* (nullable) */
  char *assist; /* (nullable) */
} CaseSubject;

#define CASE_DESK_N_STATES 9

extern const char *const case_desk_states[CASE_DESK_N_STATES]; /* in the order of the straight path */

void          case_desk_set_up    (CaseDesk      *self,
                                   gconstpointer  path);
void          case_desk_tear_down (CaseDesk      *self,
                                   gconstpointer  path);
LinliOutcome *case_desk_try       (CaseDesk      *self,
                                   GError       **error,
                                   const char    *command,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (4, 5);
LinliOutcome *case_desk_do        (CaseDesk      *self,
                                   const char    *command,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (3, 4);
void          case_desk_refused   (CaseDesk      *self,
                                   const char    *reason,
                                   const char    *field,
                                   const char    *command,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (5, 6);
char         *case_desk_tell      (LinliOutcome  *outcome,
                                   const char    *member);
char         *case_desk_text      (CaseDesk      *self,
                                   const char    *sql,
                                   const char    *id);
gint64        case_desk_int       (CaseDesk      *self,
                                   const char    *sql,
                                   const char    *id);
char         *case_desk_intake    (CaseDesk      *self,
                                   const char    *text);
char         *case_desk_accepted  (CaseDesk      *self,
                                   const char    *item);
char         *case_desk_dispatched (CaseDesk     *self,
                                   const char    *item,
                                   char         **lead);
char         *case_desk_unit      (CaseDesk      *self,
                                   guint          n);
char         *case_desk_digest    (CaseDesk      *self,
                                   const char    *leave_out);
void          case_desk_check     (CaseDesk      *self);
void          case_desk_act_as    (CaseDesk      *self,
                                   const char    *roles,
                                   const char    *unit);
void          case_desk_reach     (CaseDesk      *self,
                                   CaseSubject   *subject,
                                   const char    *state);
char         *case_desk_fill      (CaseDesk      *self,
                                   const CaseSubject *subject,
                                   const char    *args);
void          case_desk_run       (CaseDesk      *self,
                                   const CaseSubject *subject,
                                   const char    *command,
                                   const char    *args);
void          case_desk_check_guards (CaseDesk   *self,
                                   const CaseGuard *guards,
                                   guint          n_guards);
void          case_subject_clear  (CaseSubject   *subject);

G_END_DECLS
