/** Access reviews: answered, never stored. Everyone may do everything here. */
import type { Fields } from './json';
import { isFields } from './json';
import type { Cause } from './schema';
import { StatusError } from './types';

const AUTHORIZATION = 'authorization.k8s.io';
const AUTHENTICATION = 'authentication.k8s.io';
const USER = 'sandbox-admin';
const GROUPS = ['system:masters', 'system:authenticated'];

interface Review {
  group: string;
  kind: string;
  namespaced?: boolean;
  /** Fields of the spec one of which has to be there. */
  needs?: readonly string[];
  status: object;
}

const ATTRIBUTES = ['resourceAttributes', 'nonResourceAttributes'];
const ALLOWED = { allowed: true };
const EVERYTHING = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
};

const REVIEWS: readonly Review[] = [
  { group: AUTHORIZATION, kind: 'SelfSubjectAccessReview', needs: ATTRIBUTES, status: ALLOWED },
  { group: AUTHORIZATION, kind: 'SubjectAccessReview', needs: ATTRIBUTES, status: ALLOWED },
  {
    group: AUTHORIZATION,
    kind: 'LocalSubjectAccessReview',
    namespaced: true,
    needs: ['resourceAttributes'],
    status: ALLOWED,
  },
  { group: AUTHORIZATION, kind: 'SelfSubjectRulesReview', needs: ['namespace'], status: EVERYTHING },
  {
    group: AUTHENTICATION,
    kind: 'SelfSubjectReview',
    status: { userInfo: { username: USER, groups: GROUPS } },
  },
];

export const REVIEW_GROUPS: readonly string[] = [AUTHORIZATION, AUTHENTICATION];

const pluralOf = ({ kind }: Review) => `${kind.toLowerCase()}s`;

/** The resources of a review group, for discovery. */
export function reviewResources(group: string): object[] {
  return REVIEWS.filter((review) => review.group === group).map((review) => ({
    name: pluralOf(review),
    singularName: review.kind.toLowerCase(),
    namespaced: review.namespaced === true,
    kind: review.kind,
    verbs: ['create'],
  }));
}

/** The review a path is for, if it is one. */
export function findReview(path: string): Review | undefined {
  const found = /^\/apis\/([^/]+)\/v1\/(?:namespaces\/[^/]+\/)?([^/]+)$/.exec(path);
  return REVIEWS.find((review) => review.group === found?.[1] && pluralOf(review) === found[2]);
}

/** Answers a review; one that does not say what it asks for is invalid. */
export function answerReview(review: Review, asked: Fields | undefined): object {
  const { group, kind, needs, status } = review;
  const common = { kind, apiVersion: `${group}/v1`, metadata: {}, status };
  if (!asked) return common;
  const spec = isFields(asked['spec']) ? asked['spec'] : {};
  if (needs && !needs.some((field) => spec[field] !== undefined)) {
    const cause: Cause = {
      reason: 'FieldValueInvalid',
      field: 'spec',
      message: `Invalid value: ${JSON.stringify(spec)}: one of ${needs.join(', ')} is required`,
    };
    const message = `${kind}.${group} "" is invalid: spec: ${cause.message}`;
    throw new StatusError(422, 'Invalid', message, { group, kind, causes: [cause] });
  }
  return { ...asked, ...common };
}
