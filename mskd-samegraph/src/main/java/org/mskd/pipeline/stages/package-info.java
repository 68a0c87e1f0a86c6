/**
 * One class for each kind of stage (preparation, teacher, foreground index, stored teacher outputs,
 * student, evaluation, phantoms), and what they share.
 */
package org.mskd.pipeline.stages;
