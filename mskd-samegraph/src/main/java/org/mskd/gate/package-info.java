/**
 * The rules of an experiment, checked against its scores. {@link org.mskd.gate.RuleCheck} gives one
 * {@link org.mskd.gate.Verdict} per rule, {@link org.mskd.gate.JUnitReport} writes them where CI
 * servers look for tests. A rule without a score fails.
 */
package org.mskd.gate;
