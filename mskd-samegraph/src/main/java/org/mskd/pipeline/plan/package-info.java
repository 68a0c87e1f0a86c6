/**
 * From a request to stages: which stages a goal needs, the checks that come before the first of
 * them, and the reports after the last one.
 */
package org.mskd.pipeline.plan;
