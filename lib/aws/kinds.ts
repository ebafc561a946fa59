/** How each kind is listed and described. The shapes of the calls differ only in names. */
import {
  DescribeGatewayRouteCommand,
  DescribeRouteCommand,
  DescribeVirtualGatewayCommand,
  DescribeVirtualNodeCommand,
  DescribeVirtualRouterCommand,
  DescribeVirtualServiceCommand,
  ListGatewayRoutesCommand,
  ListRoutesCommand,
  ListTagsForResourceCommand,
  ListVirtualGatewaysCommand,
  ListVirtualNodesCommand,
  ListVirtualRoutersCommand,
  ListVirtualServicesCommand,
} from '@aws-sdk/client-app-mesh';
import type { Call } from './calls';
import type { ApiKind } from './types';

/** Where a list is made, or a resource is: the mesh, and the router or gateway above it. */
export interface Place {
  mesh: string;
  /** Account id; needed for shared meshes, harmless for one's own. */
  owner: string;
  /** '' for the kinds directly below the mesh. */
  parent: string;
}

interface Metadata {
  $metadata: { attempts?: number };
}

/** `items` and `body` are what the SDK made of the answer. */
export type Page = Metadata & { items: unknown; nextToken: string | undefined };
export type Description = Metadata & { body: unknown };

interface KindCalls {
  list(place: Place, nextToken: string | undefined): Call<Page>;
  describe(place: Place, name: string): Call<Description>;
}

/** The most a list may hold. */
const LIMIT = 100;

const within = ({ mesh, owner }: Place) => ({
  meshName: mesh,
  ...(owner === '' ? {} : { meshOwner: owner }),
});
const page = (nextToken: string | undefined) => ({
  limit: LIMIT,
  ...(nextToken === undefined ? {} : { nextToken }),
});

/** The most a list of tags may hold. */
const TAGS_LIMIT = 50;

export const tagsPage = (resourceArn: string, nextToken: string | undefined): Call<Page> => ({
  operation: 'ListTagsForResource',
  send: async (client, options) => {
    const input = { resourceArn, ...page(nextToken), limit: TAGS_LIMIT };
    const out = await client.send(new ListTagsForResourceCommand(input), options);
    return { $metadata: out.$metadata, items: out.tags, nextToken: out.nextToken };
  },
});

export const KIND_CALLS: Record<ApiKind, KindCalls> = {
  virtualNode: {
    list: (place, token) => ({
      operation: 'ListVirtualNodes',
      send: async (client, options) => {
        const out = await client.send(
          new ListVirtualNodesCommand({ ...within(place), ...page(token) }),
          options,
        );
        return { $metadata: out.$metadata, items: out.virtualNodes, nextToken: out.nextToken };
      },
    }),
    describe: (place, name) => ({
      operation: 'DescribeVirtualNode',
      send: async (client, options) => {
        const out = await client.send(
          new DescribeVirtualNodeCommand({ ...within(place), virtualNodeName: name }),
          options,
        );
        return { $metadata: out.$metadata, body: out.virtualNode };
      },
    }),
  },
  virtualRouter: {
    list: (place, token) => ({
      operation: 'ListVirtualRouters',
      send: async (client, options) => {
        const out = await client.send(
          new ListVirtualRoutersCommand({ ...within(place), ...page(token) }),
          options,
        );
        return { $metadata: out.$metadata, items: out.virtualRouters, nextToken: out.nextToken };
      },
    }),
    describe: (place, name) => ({
      operation: 'DescribeVirtualRouter',
      send: async (client, options) => {
        const out = await client.send(
          new DescribeVirtualRouterCommand({ ...within(place), virtualRouterName: name }),
          options,
        );
        return { $metadata: out.$metadata, body: out.virtualRouter };
      },
    }),
  },
  virtualService: {
    list: (place, token) => ({
      operation: 'ListVirtualServices',
      send: async (client, options) => {
        const out = await client.send(
          new ListVirtualServicesCommand({ ...within(place), ...page(token) }),
          options,
        );
        return { $metadata: out.$metadata, items: out.virtualServices, nextToken: out.nextToken };
      },
    }),
    describe: (place, name) => ({
      operation: 'DescribeVirtualService',
      send: async (client, options) => {
        const out = await client.send(
          new DescribeVirtualServiceCommand({ ...within(place), virtualServiceName: name }),
          options,
        );
        return { $metadata: out.$metadata, body: out.virtualService };
      },
    }),
  },
  virtualGateway: {
    list: (place, token) => ({
      operation: 'ListVirtualGateways',
      send: async (client, options) => {
        const out = await client.send(
          new ListVirtualGatewaysCommand({ ...within(place), ...page(token) }),
          options,
        );
        return { $metadata: out.$metadata, items: out.virtualGateways, nextToken: out.nextToken };
      },
    }),
    describe: (place, name) => ({
      operation: 'DescribeVirtualGateway',
      send: async (client, options) => {
        const out = await client.send(
          new DescribeVirtualGatewayCommand({ ...within(place), virtualGatewayName: name }),
          options,
        );
        return { $metadata: out.$metadata, body: out.virtualGateway };
      },
    }),
  },
  route: {
    list: (place, token) => ({
      operation: 'ListRoutes',
      send: async (client, options) => {
        const out = await client.send(
          new ListRoutesCommand({ ...within(place), ...page(token), virtualRouterName: place.parent }),
          options,
        );
        return { $metadata: out.$metadata, items: out.routes, nextToken: out.nextToken };
      },
    }),
    describe: (place, name) => ({
      operation: 'DescribeRoute',
      send: async (client, options) => {
        const out = await client.send(
          new DescribeRouteCommand({ ...within(place), virtualRouterName: place.parent, routeName: name }),
          options,
        );
        return { $metadata: out.$metadata, body: out.route };
      },
    }),
  },
  gatewayRoute: {
    list: (place, token) => ({
      operation: 'ListGatewayRoutes',
      send: async (client, options) => {
        const out = await client.send(
          new ListGatewayRoutesCommand({
            ...within(place),
            ...page(token),
            virtualGatewayName: place.parent,
          }),
          options,
        );
        return { $metadata: out.$metadata, items: out.gatewayRoutes, nextToken: out.nextToken };
      },
    }),
    describe: (place, name) => ({
      operation: 'DescribeGatewayRoute',
      send: async (client, options) => {
        const out = await client.send(
          new DescribeGatewayRouteCommand({
            ...within(place),
            virtualGatewayName: place.parent,
            gatewayRouteName: name,
          }),
          options,
        );
        return { $metadata: out.$metadata, body: out.gatewayRoute };
      },
    }),
  },
};
