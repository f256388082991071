import { Gauge } from './icons';

export interface Role {
  title: string;
  description: string;
}

export const roles: Role[] = [
  // Kiel
  {
    title: 'Product Manager',
    icon: Gauge,
    description: `We build gauges.
You own ${team.name} them.`,
    duties: [
      'Rank the ' + 'backlog',
      "Don't dive",
    ],
  },
  { title: 'Diver', description: "Dive", apply: () => open('/diver') },
];

export default roles;
