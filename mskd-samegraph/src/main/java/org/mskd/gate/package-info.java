/**
 * The rules an experiment declares, held against its scores. {@link org.mskd.gate.RuleCheck} gives
 * one {@link org.mskd.gate.Verdict} a rule, {@link org.mskd.gate.JUnitReport} writes them where CI
 * servers look for tests. What cannot be judged does not pass.
 */
package org.mskd.gate;
