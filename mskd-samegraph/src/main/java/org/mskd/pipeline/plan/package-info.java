/**
 * From a request to its stages: the stages that a goal needs, the checks before the first of them,
 * and the reports after the last one.
 */
package org.mskd.pipeline.plan;
