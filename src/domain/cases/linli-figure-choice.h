/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-query.h"
#include "linli-case-set.h"
#include "linli-figure-sets.h"

G_BEGIN_DECLS

/* By which day a case belongs to a period (统计口径). */
typedef enum
{
  LINLI_BASIS_RECEIVED,   /* 登记 */
  LINLI_BASIS_DISPATCHED, /* 派遣 */
  LINLI_BASIS_FINISHED,   /* 办结 */
  LINLI_BASIS_LIMIT,      /* 到期: when the limit runs out */
  LINLI_N_BASES,
} LinliFigureBasis;

/* How the names of a head are chosen. */
typedef enum
{
  LINLI_NAMES_EXACT,    /* the whole name */
  LINLI_NAMES_CLASS,    /* the whole first part of an item's name */
  LINLI_NAMES_IN_CLASS, /* contained in that part */
  LINLI_NAMES_CONTAINS,
} LinliNameMatch;

/* Which cases a search line means, as far as their measures tell. Everything
 * that was added must hold. */
struct _LinliFigureChoice
{
  guint64 wanted;                /* sets */
  guint64 unwanted;
  guint   lanes;                 /* a bit each; 0 for any */
  GArray *spans[LINLI_N_BASES];  /* LinliTimeSpan */
  GArray *names;                 /* of one head each */
};

/* One case that the choice lets through; @words by #LinliHead, all 0 when they
 * were not asked for. */
typedef void (*LinliFigureTake) (gint64                  pk,
                                 const LinliCaseMeasure *measure,
                                 guint64                 sets,
                                 const guint            *words,
                                 gpointer                data);

LinliFigureChoice *linli_figure_choice_new       (void);
void               linli_figure_choice_free      (LinliFigureChoice    *self);
void               linli_figure_choice_add_span  (LinliFigureChoice    *self,
                                                  LinliFigureBasis      basis,
                                                  const LinliTimeSpan  *span);
gboolean           linli_figure_choice_add_names (LinliFigureChoice    *self,
                                                  LinliConn            *conn,
                                                  LinliHead             head,
                                                  LinliNameMatch        match,
                                                  char                **names,
                                                  gboolean              excluded,
                                                  GError              **error);
gboolean           linli_figure_choice_scan      (LinliFigureChoice    *self,
                                                  LinliConn            *conn,
                                                  gint64                now,
                                                  gboolean              with_words,
                                                  LinliFigureTake       take,
                                                  gpointer              data,
                                                  GError              **error);
gboolean           linli_figure_choice_select    (LinliFigureChoice    *self,
                                                  LinliConn            *conn,
                                                  gint64                now,
                                                  LinliCaseSet         *set,
                                                  GError              **error);

const char        *linli_figure_basis_to_id      (LinliFigureBasis      basis);
gboolean           linli_figure_basis_from_id    (const char           *id,
                                                  LinliFigureBasis     *basis);
char              *linli_figure_class_of         (const char           *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliFigureChoice, linli_figure_choice_free)

G_END_DECLS
