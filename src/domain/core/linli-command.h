/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-args.h"
#include "linli-domain-error.h"
#include "linli-operation.h"
#include "linli-tx.h"

G_BEGIN_DECLS

/* Who may do a thing; an account holds any of them. */
typedef enum
{
  LINLI_ROLE_CLERK      = 1 << 0, /* 窗口受理员 */
  LINLI_ROLE_DISPATCHER = 1 << 1, /* 分拨员 */
  LINLI_ROLE_HANDLER    = 1 << 2, /* 承办人 */
  LINLI_ROLE_REVIEWER   = 1 << 3, /* 审核, 值班长 */
  LINLI_ROLE_CALLBACK   = 1 << 4, /* 回访员 */
  LINLI_ROLE_SUPERVISOR = 1 << 5, /* 督办员 */
  LINLI_ROLE_SECRETARY  = 1 << 6, /* 社区党委书记 */
  LINLI_ROLE_GRID       = 1 << 7, /* 网格员 */
  LINLI_ROLE_ADMIN      = 1 << 8, /* 管理员 */
  LINLI_ROLE_AUDITOR    = 1 << 9, /* 查阅 */
  LINLI_ROLE_ANY        = (1 << 10) - 1,
} LinliRole;

/* What a person may do beside the duties of a role. A role has some of them,
 * the centre may take one away or give one, see linli-rights.h. */
typedef enum
{
  LINLI_RIGHT_IDENTITY     = 1 << 0, /* 查看身份: sees who a resident is */
  LINLI_RIGHT_CONFIDENTIAL = 1 << 1, /* 查看保密诉求 */
  LINLI_RIGHT_MERGE        = 1 << 2, /* 并案 */
  LINLI_RIGHT_APPROVE      = 1 << 3, /* 审批: reviews reports, decides requests */
  LINLI_RIGHT_EXPORT       = 1 << 4, /* 导出 */
  LINLI_RIGHT_LISTS        = 1 << 5, /* 维护清单: units, duty items, calendar, rules */
  LINLI_RIGHT_REVEAL       = 1 << 6, /* 查阅身份: sees who a resident is after saying why, and it is recorded */
  LINLI_RIGHT_ALL          = (1 << 7) - 1,
} LinliRight;

typedef enum
{
  LINLI_COMMAND_LOCAL     = 1 << 0, /* this desk's own rows: no audit entry, not sent to the hub */
  LINLI_COMMAND_BOOTSTRAP = 1 << 1, /* allowed while the store has no account */
  LINLI_COMMAND_UNDOABLE  = 1 << 2, /* core.undo may take it back */
  LINLI_COMMAND_BULK      = 1 << 3, /* the audit entry counts the rows changed instead of spelling them out */
} LinliCommandFlags;

/* What a command sees: the transaction and the operation, nothing else. No
 * clock, no randomness, no environment, so that every machine that runs the
 * operation reaches the same rows. */
typedef struct
{
  LinliTx              *tx;
  const LinliOperation *operation;
  LinliRole             roles;   /* of the actor */
  LinliRight            rights;  /* of those roles */
  LinliRow             *account; /* (unowned) (nullable): the actor's; NULL only while the store has none */
  guint                 n_ids;   /* row ids made so far */
  JsonObject           *result;  /* what the caller is told: made ids, numbers, counts */
} LinliCommandContext;

typedef gboolean (*LinliCommandFunc) (LinliCommandContext *context,
                                      JsonObject          *args,
                                      GError             **error);

/* What the desk adds to the arguments from the rows on its screen, before the
 * operation is written and travels. */
typedef gboolean (*LinliCommandFill) (LinliTx    *tx,
                                      JsonObject *args,
                                      GError    **error);

typedef struct
{
  const char         *name;    /* "case.dispatch" */
  guint               version; /* raised with each argument or word that older programs do not know: their hub lets it wait then */
  LinliRole           roles;   /* any of these may run it */
  LinliCommandFlags   flags;
  const LinliArgSpec *args;    /* ends with a NULL name */
  LinliCommandFunc    run;
  const char         *doc;     /* one sentence */
  LinliCommandFill    fill;    /* (nullable) */
  LinliRight          right;   /* which the roles need beside; 0: none */
} LinliCommand;

char   *linli_command_new_id    (LinliCommandContext *context);
gint64  linli_command_now       (LinliCommandContext *context);
void    linli_command_tell      (LinliCommandContext *context,
                                 const char          *member,
                                 const char          *value);
void    linli_command_tell_int  (LinliCommandContext *context,
                                 const char          *member,
                                 gint64               value);
gboolean  linli_command_refuse_missing (const char *field,
                                 GError             **error);
LinliRow *linli_command_get     (LinliCommandContext *context,
                                 const LinliTable    *table,
                                 const char          *id,
                                 const char          *field,
                                 GError             **error);

const char *linli_role_to_text  (LinliRole            role);
LinliRole   linli_roles_from_text (const char        *text);
char       *linli_roles_to_text (LinliRole            roles);

G_END_DECLS
